using Akka.Actor;

namespace Akka.Persistence.Specs.Actors;

/// <summary>Starts, restarts, snapshots, deletions and limits of recovery.</summary>
public sealed class RecoverySpecs() : TestKit.Xunit2.TestKit(PersistingSpecs.Config)
{
    private readonly string _id = $"r-{Guid.NewGuid():N}";

    [Fact]
    public void Events_are_replayed_and_then_RecoveryCompleted_comes()
    {
        Write("a", "b", "c");
        ActorOf(() => new Probe(_id, TestActor, null));
        ExpectMsg("recovered a,b,c");
    }

    [Fact]
    public void Commands_sent_while_recovering_are_handled_after_it_in_order()
    {
        Write("a");
        var actor = ActorOf(() => new Probe(_id, TestActor, null));
        for (var n = 0; n < 20; n++) actor.Tell($"c{n}");
        actor.Tell("state", TestActor);
        ExpectMsg("recovered a");
        ExpectMsg("a," + string.Join(",", Enumerable.Range(0, 20).Select(n => $"c{n}")));
    }

    [Fact]
    public void A_restart_recovers_what_was_written_and_keeps_commands_that_waited()
    {
        var actor = ActorOf(() => new Probe(_id, TestActor, null));
        ExpectMsg("recovered ");
        actor.Tell("a");
        actor.Tell((Action<Probe>)(p => p.Persist("b", _ => throw new InvalidOperationException("on purpose"))));
        actor.Tell("c");
        actor.Tell("d");
        actor.Tell("state", TestActor);
        ExpectMsg("recovered a,b");
        ExpectMsg("a,b,c,d");
    }

    [Fact]
    public void A_command_that_fails_after_Persist_leaves_its_event_written()
    {
        var actor = ActorOf(() => new Probe(_id, TestActor, null));
        ExpectMsg("recovered ");
        actor.Tell((Action<Probe>)(p =>
        {
            p.Persist("a", p.Remember);
            throw new InvalidOperationException("on purpose");
        }));
        ExpectMsg("recovered a");
        actor.Tell("b");
        actor.Tell("state", TestActor);
        ExpectMsg("a,b");
    }

    [Fact]
    public void A_snapshot_spares_the_events_before_it()
    {
        var actor = Write("a", "b");
        actor.Tell((Action<Probe>)(p => p.SaveSnapshot(new object[] { "snapshot" })));
        ExpectMsg<SaveSnapshotSuccess>(m => m.Metadata.SequenceNr == 2);
        actor.Tell("c");
        actor.Tell("state", TestActor);
        ExpectMsg<string>();
        Stop(actor);
        ActorOf(() => new Probe(_id, TestActor, null));
        ExpectMsg("recovered snapshot,c");
    }

    [Fact]
    public void Recovery_can_be_limited_and_switched_off()
    {
        Stop(Write("a", "b", "c"));
        Stop(ActorOf(() => new Probe(_id, TestActor, new Recovery(SnapshotSelectionCriteria.None, 2))), "recovered a,b");
        Stop(ActorOf(() => new Probe(_id, TestActor, new Recovery(SnapshotSelectionCriteria.Latest, long.MaxValue, 1))), "recovered a");
        var without = ActorOf(() => new Probe(_id, TestActor, Recovery.None));
        ExpectMsg("recovered ");
        without.Tell((Action<Probe>)(p => p.Persist("d", _ => TestActor.Tell(p.LastSequenceNr))));
        ExpectMsg(4L);
    }

    [Fact]
    public void Deleted_events_are_not_replayed_and_numbers_go_on()
    {
        var actor = Write("a", "b", "c");
        actor.Tell((Action<Probe>)(p => p.DeleteMessages(2)));
        ExpectMsg<DeleteMessagesSuccess>(m => m.ToSequenceNr == 2);
        actor.Tell((Action<Probe>)(p => p.DeleteMessages(9)));
        ExpectMsg<DeleteMessagesFailure>(m => m.ToSequenceNr == 9);
        Stop(actor);
        var again = ActorOf(() => new Probe(_id, TestActor, null));
        ExpectMsg("recovered c");
        again.Tell((Action<Probe>)(p => p.Persist("d", _ => TestActor.Tell(p.LastSequenceNr))));
        ExpectMsg(4L);
    }

    [Fact]
    public void Snapshots_can_be_deleted()
    {
        var actor = Write("a");
        actor.Tell((Action<Probe>)(p => p.SaveSnapshot(new object[] { "s" })));
        ExpectMsg<SaveSnapshotSuccess>();
        actor.Tell((Action<Probe>)(p => p.DeleteSnapshot(1)));
        ExpectMsg<DeleteSnapshotSuccess>();
        actor.Tell((Action<Probe>)(p => p.DeleteSnapshots(SnapshotSelectionCriteria.Latest)));
        ExpectMsg<DeleteSnapshotsSuccess>();
        Stop(actor);
        ActorOf(() => new Probe(_id, TestActor, null));
        ExpectMsg("recovered a");
    }

    [Fact]
    public void Only_so_many_actors_recover_at_a_time()
    {
        const int Actors = 120;
        for (var n = 0; n < Actors; n++)
        {
            var id = $"{_id}-{n}";
            ActorOf(() => new Probe(id, TestActor, null));
        }

        // 50 permits for 120 actors: the later ones get theirs when the earlier ones give theirs back.
        for (var n = 0; n < Actors; n++) ExpectMsg("recovered ");
    }

    private IActorRef Write(params string[] events)
    {
        var actor = ActorOf(() => new Probe(_id, TestActor, null));
        ExpectMsg("recovered ");
        foreach (var e in events) actor.Tell(e);
        actor.Tell("state", TestActor);
        ExpectMsg(string.Join(",", events));
        return actor;
    }

    private void Stop(IActorRef actor, string? first = null)
    {
        if (first is not null) ExpectMsg(first);
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
    }
}
