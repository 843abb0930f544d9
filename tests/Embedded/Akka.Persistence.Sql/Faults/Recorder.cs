using Akka.Actor;

namespace Akka.Persistence.Sql.Specs.Faults;

/// <summary>Persists each text it gets and tells an observer what became of it.</summary>
internal sealed class Recorder : ReceivePersistentActor
{
    private readonly IActorRef _observer;

    public Recorder(string id, IActorRef observer)
    {
        PersistenceId = id;
        _observer = observer;
        var recovered = new List<string>();
        Recover<string>(recovered.Add);
        Recover<RecoveryCompleted>(_ => observer.Tell($"recovered {string.Join(",", recovered)}"));
        Command<string>(text => Persist(text, e => observer.Tell($"written {e}")));
        Command<object[]>(texts => PersistAll(texts, e => observer.Tell($"written {e}")));
    }

    public override string PersistenceId { get; }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => _observer.Tell($"failed {@event}: {cause.Message}");

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) => _observer.Tell($"rejected {@event}: {cause.Message}");

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => _observer.Tell($"not recovered: {reason.Message}");
}
