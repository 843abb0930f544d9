using System.Diagnostics;
using Akka.Actor;
using Akka.Persistence;

namespace ActorScheduler.Benchmarks.Persistence;

/// <summary>Asks for that many events in one go.</summary>
internal sealed record Bulk(int Events);

/// <summary>Persists a number of events, each after the one before was handled.</summary>
internal sealed class Persister : UntypedPersistentActor
{
    private static readonly byte[] Payload = new byte[100];

    private readonly CountdownEvent _recovered;
    private readonly CountdownEvent _written;
    private readonly List<double>? _latencies;
    private int _left;
    private long _startedAt;

    public Persister(string id, CountdownEvent recovered, CountdownEvent written, List<double>? latencies)
    {
        PersistenceId = id;
        _recovered = recovered;
        _written = written;
        _latencies = latencies;
    }

    public override string PersistenceId { get; }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case Bulk bulk:
                _left = bulk.Events;
                for (var n = 0; n < bulk.Events; n++) PersistAsync(Payload, _ => Handled());
                return;
            case int events:
                _left = events;
                break;
        }

        _startedAt = Stopwatch.GetTimestamp();
        Persist(Payload, _ =>
        {
            _latencies?.Add(Stopwatch.GetElapsedTime(_startedAt).TotalMilliseconds);
            if (Handled()) Self.Tell("next");
        });
    }

    protected override void OnRecover(object message)
    {
        if (message is RecoveryCompleted) _recovered.Signal();
    }

    private bool Handled()
    {
        if (--_left > 0) return true;
        _written.Signal();
        return false;
    }
}
