using System.Globalization;
using ActorScheduler.Master.Journaling;
using Akka.Actor;

namespace ActorScheduler.Journal.Writer;

/// <summary>Its facts are the numbers from 1 on, so that one that is missing, comes twice or too early is seen at once.</summary>
internal sealed class CountingActor : CommittingActor<string>
{
    /// <summary>Commits that are under way at a time, so that later ones meet the snapshot's turn.</summary>
    private const int UnderWay = 4;

    private readonly Action<string> _tell;
    private readonly bool _goesOn;
    private long _count;
    private long _acknowledged;
    private bool _isBroken;

    public CountingActor(string id, int snapshotDueAfter, Action<string> tell, bool goesOn)
    {
        (PersistenceId, SnapshotDueAfter, _tell, _goesOn) = (id, snapshotDueAfter, tell, goesOn);
        Command<Next>(_ => Add());
        Command<AddFacts>(add =>
        {
            IActorRef asker = Sender;
            string[] facts = [.. Enumerable.Range(1, add.Facts).Select(i => Text(_count + i))];
            Commit(facts, () => asker.Tell(Acknowledge(long.Parse(facts[^1], CultureInfo.InvariantCulture))));
        });
    }

    public override string PersistenceId { get; }

    protected override int SnapshotDueAfter { get; }

    protected override string SnapshotMark => "mark";

    /// <param name="id">Its persistence id.</param>
    /// <param name="snapshotDueAfter">Facts after which a snapshot is due.</param>
    /// <param name="tell">Gets the lines that the program writes.</param>
    /// <param name="goesOn">Whether it adds facts by itself for ever.</param>
    public static Props Props(string id, int snapshotDueAfter, Action<string> tell, bool goesOn) =>
        Akka.Actor.Props.Create(() => new CountingActor(id, snapshotDueAfter, tell, goesOn));

    protected override void Apply(string fact)
    {
        if (fact == SnapshotMark)
            return;
        if (fact != Text(_count + 1))
            Break($"fact {fact} follows {_count}");
        _count++;
    }

    protected override object TakeSnapshot() => Text(_count);

    protected override void Restore(object snapshot) => _count = long.Parse((string)snapshot, CultureInfo.InvariantCulture);

    protected override void Begin()
    {
        _acknowledged = _count;
        _tell($"recovered {PersistenceId} {_count}");
        for (int i = 0; _goesOn && i < UnderWay; i++)
            Self.Tell(Next.Instance);
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        base.OnPersistFailure(cause, @event, sequenceNr);
        _tell($"failed {PersistenceId} {cause.GetBaseException().Message}");
    }

    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        base.OnRecoveryFailure(reason, message);
        _tell($"not-recovered {PersistenceId} {reason.GetBaseException().Message}");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    // One fact or several: the journal writes them differently. The next one comes by the handler of this one, and by a message.
    private void Add()
    {
        int facts = (int)(_count % 3) + 1;
        long last = _count + facts;
        Commit([.. Enumerable.Range(1, facts).Select(i => Text(_count + i))], () =>
        {
            Acknowledge(last);
            Self.Tell(Next.Instance);
        });
    }

    private Acknowledged Acknowledge(long last)
    {
        if (last <= _acknowledged)
            Break($"{last} is acknowledged after {_acknowledged}");
        _acknowledged = last;
        if (!_isBroken)
            _tell($"ack {PersistenceId} {last}");
        return new Acknowledged(last);
    }

    private void Break(string how)
    {
        _isBroken = true;
        _tell($"broken {PersistenceId} {how}");
    }

    /// <summary>Commit so many facts and say when that is done.</summary>
    internal sealed record AddFacts(int Facts);

    /// <summary>All facts up to this one are in the journal.</summary>
    internal sealed record Acknowledged(long Count);

    private sealed record Next
    {
        public static readonly Next Instance = new();
    }
}
