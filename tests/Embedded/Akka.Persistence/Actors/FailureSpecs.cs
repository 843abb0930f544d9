using Akka.Actor;

namespace Akka.Persistence.Specs.Actors;

/// <summary>What persistent actors do when the journal fails, rejects or hangs, and when the internal stash is full.</summary>
public sealed class FailureSpecs() : TestKit.Xunit2.TestKit(
    PersistingSpecs.Config + """

    akka.persistence.journal.plugin = "test.journal"
    test.journal {
      class = "Akka.Persistence.Specs.Actors.TroubledJournal, Akka.Persistence.Specs"
      recovery-event-timeout = 300ms
    }
    small-mailbox {
      mailbox-type = "Akka.Dispatch.UnboundedDequeBasedMailbox, Akka"
      stash-capacity = 2
    }
    """)
{
    private readonly string _id = $"{Guid.NewGuid():N}";

    [Fact]
    public void A_failed_write_tells_the_actor_and_stops_it()
    {
        var actor = Start(_id);
        Watch(actor);
        actor.Tell("fail");
        ExpectMsg("failed fail 1");
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_rejected_event_tells_the_actor_which_goes_on()
    {
        var actor = Start(_id);
        actor.Tell("reject");
        actor.Tell("next");
        ExpectMsg("rejected reject 1");
        ExpectMsg("written next 2");
    }

    [Fact]
    public void A_recovery_that_cannot_read_tells_the_actor_and_stops_it()
    {
        var actor = ActorOf(() => new Sensitive("broken" + _id, TestActor));
        Watch(actor);
        ExpectMsg("recovery failed IOException");
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_recovery_that_hangs_times_out()
    {
        var first = Start("hanging" + _id, Recovery.None);
        first.Tell("x");
        ExpectMsg("written x 1");
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first);
        var actor = ActorOf(() => new Sensitive("hanging" + _id, TestActor));
        Watch(actor);
        ExpectMsg("recovery failed RecoveryTimedOutException");
        ExpectTerminated(actor);
    }

    [Fact]
    public void Commands_beyond_the_internal_stash_are_answered_or_go_to_the_dead_letters()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Sensitive(_id, TestActor)).WithMailbox("small-mailbox"));
        ExpectMsg("completed");
        actor.Tell(new Burst(["1", "2", "3", "4"]));
        // Two fit; the third and the fourth are answered by the strategy.
        ExpectMsg("full");
        ExpectMsg("full");
        ExpectMsg("written first 1");
        ExpectMsg("written 1 2");
        ExpectMsg("written 2 3");
    }

    [Fact]
    public void An_actor_without_a_persistence_id_does_not_start()
    {
        var actor = ActorOf(() => new Sensitive("", TestActor));
        Watch(actor);
        ExpectTerminated(actor);
    }

    private IActorRef Start(string id, Recovery? recovery = null)
    {
        var actor = ActorOf(() => new Sensitive(id, TestActor, recovery));
        ExpectMsg("completed");
        return actor;
    }

    /// <summary>Commands to send to oneself while persisting.</summary>
    private sealed record Burst(string[] Commands);

    private sealed class Sensitive : UntypedPersistentActor
    {
        private readonly IActorRef _observer;

        public Sensitive(string id, IActorRef observer, Recovery? recovery = null)
        {
            PersistenceId = id;
            _observer = observer;
            Recovery = recovery ?? new Recovery();
        }

        public override string PersistenceId { get; }

        public override Recovery Recovery { get; }

        public override IStashOverflowStrategy InternalStashOverflowStrategy => new ReplyToStrategy("full");

        protected override void OnCommand(object message)
        {
            if (message is Burst burst)
            {
                foreach (var command in burst.Commands) Self.Tell(command, _observer);
                message = "first";
            }

            Persist((string)message, e => _observer.Tell($"written {e} {LastSequenceNr}"));
        }

        protected override void OnRecover(object message)
        {
            if (message is RecoveryCompleted) _observer.Tell("completed");
        }

        protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => _observer.Tell($"failed {@event} {sequenceNr}");

        protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) => _observer.Tell($"rejected {@event} {sequenceNr}");

        protected override void OnRecoveryFailure(Exception reason, object? message = null) => _observer.Tell($"recovery failed {reason.GetType().Name}");
    }
}
