using Akka.Actor;
using Akka.Event;
using Akka.Persistence;

namespace ActorScheduler.Master.Journaling;

/// <summary>
/// Uses journal and snapshots once when a node starts, so that connections are there and statements are made when the node takes over from
/// another: the first use costs a second. It writes under a name of this node, leaves one row, and ends.
/// </summary>
internal sealed class WarmUpActor : ReceivePersistentActor
{
    /// <summary>One is written differently from several.</summary>
    private static readonly string[] Several = ["two", "three"];

    public WarmUpActor(string node)
    {
        PersistenceId = $"warm-up-{node}";
        Recover<string>(static _ => { });
        Recover<SnapshotOffer>(static _ => { });
        Recover<RecoveryCompleted>(_ => Persist("one", _ => PersistAll(Several, last =>
        {
            if (last == Several[^1])
                SaveSnapshot("all");
        })));
        Command<SaveSnapshotSuccess>(saved => DeleteMessages(saved.Metadata.SequenceNr));
        Command<DeleteMessagesSuccess>(deleted => DeleteSnapshots(new SnapshotSelectionCriteria(deleted.ToSequenceNr - 1)));
        CommandAny(_ => Context.Stop(Self));
    }

    public override string PersistenceId { get; }

    /// <param name="node">Its address; no two nodes of a cluster have the same.</param>
    public static Props Props(Address node) => Akka.Actor.Props.Create(() => new WarmUpActor($"{node.Host}:{node.Port}"));

    // Whoever needs the journal says what is wrong with it.
    protected override void OnRecoveryFailure(Exception reason, object? message = null) => Log.Debug("The journal is not there yet: {Reason}", reason.Message);
}
