using Akka.Actor;

namespace Akka.Persistence.Specs.Actors;

/// <summary>Runs what a command says inside a persistent actor, and remembers the order of things.</summary>
internal sealed class Probe : ReceivePersistentActor
{
    private readonly string _id;
    private readonly List<object> _state = [];

    public Probe(string id, IActorRef? observer = null, Recovery? recovery = null)
    {
        _id = id;
        Recovery = recovery ?? new Recovery();
        Recover<SnapshotOffer>(offer => _state.AddRange((IEnumerable<object>)offer.Snapshot));
        Recover<RecoveryCompleted>(_ => observer?.Tell($"recovered {string.Join(",", _state)}"));
        Recover<string>(e => _state.Add(e));
        Command<Action<Probe>>(run => run(this));
        Command<Func<Probe, Task>>(_ => throw new InvalidOperationException("sent as a Run"));
        CommandAsync<RunAsync>(run => run.Code(this));
        Command<string>(command =>
        {
            if (command == "state") Sender.Tell(string.Join(",", _state));
            else Persist(command, Remember);
        });
        CommandAny(other => observer?.Tell(other));
    }

    public override string PersistenceId => _id;

    public override Recovery Recovery { get; }

    internal List<object> State => _state;

    internal IActorRef Asker => Sender;

    internal IActorRef Me => Self;

    internal Action? BeforeRestart { get; set; }

    internal void Remember(string e) => _state.Add(e);

    protected override void PreRestart(Exception reason, object? message)
    {
        BeforeRestart?.Invoke();
        base.PreRestart(reason, message);
    }
}

/// <summary>Code that a probe runs as an asynchronous command.</summary>
internal sealed record RunAsync(Func<Probe, Task> Code);
