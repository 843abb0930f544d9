using Akka.Actor;

namespace Akka.Persistence.Specs.Actors;

/// <summary>Persist and its kin: what is written, when handlers run, what waits meanwhile.</summary>
public sealed class PersistingSpecs() : TestKit.Xunit2.TestKit(Config)
{
    internal const string Config = "akka.loglevel = WARNING\nakka.persistence.snapshot-store.plugin = akka.persistence.snapshot-store.inmem";

    private readonly string _id = $"a-{Guid.NewGuid():N}";

    [Fact]
    public void Handlers_run_in_the_order_of_their_events()
    {
        var actor = Start();
        Run(actor, p =>
        {
            p.Persist("1", p.Remember);
            p.PersistAll(["2", "3"], p.Remember);
            p.Persist("4", p.Remember);
        });
        ExpectState(actor, "1,2,3,4");
    }

    [Fact]
    public void The_handler_runs_only_after_the_command()
    {
        var actor = Start();
        Run(actor, p =>
        {
            p.Persist("event", p.Remember);
            p.Remember("command");
        });
        ExpectState(actor, "command,event");
    }

    [Fact]
    public void Commands_wait_while_an_event_of_Persist_is_written()
    {
        var actor = Start();
        for (var n = 0; n < 100; n++)
        {
            var number = n;
            Run(actor, p =>
            {
                p.Remember($"c{number}");
                p.Persist($"e{number}", p.Remember);
            });
        }

        ExpectState(actor, string.Join(",", Enumerable.Range(0, 100).Select(n => $"c{n},e{n}")));
    }

    [Fact]
    public void Nested_persists_come_before_the_next_command()
    {
        var actor = Start();
        Run(actor, p => p.Persist("outer", e =>
        {
            p.Remember(e);
            p.Persist("inner", p.Remember);
        }));
        Run(actor, p => p.Remember("next"));
        ExpectState(actor, "outer,inner,next");
    }

    [Fact]
    public void Commands_go_on_while_events_of_PersistAsync_are_written()
    {
        var actor = Start();
        // Sent from inside, so both commands are in the mailbox before the journal can answer.
        Run(actor, p =>
        {
            p.Me.Tell((Action<Probe>)(q => q.Remember("second command")));
            p.PersistAsync("a", p.Remember);
            p.PersistAsync("b", p.Remember);
            p.Remember("first command");
        });
        AwaitAssert(() => ExpectState(actor, "first command,second command,a,b"));
    }

    [Fact]
    public void A_persist_after_async_ones_keeps_the_order_of_handlers()
    {
        var actor = Start();
        Run(actor, p =>
        {
            p.PersistAsync("1", p.Remember);
            p.Persist("2", p.Remember);
            p.PersistAsync("3", p.Remember);
        });
        AwaitAssert(() => ExpectState(actor, "1,2,3"));
    }

    [Fact]
    public void A_deferred_handler_runs_after_the_ones_before_it()
    {
        var actor = Start();
        Run(actor, p =>
        {
            p.PersistAsync("1", p.Remember);
            p.DeferAsync("deferred", p.Remember);
            p.PersistAsync("2", p.Remember);
        });
        AwaitAssert(() => ExpectState(actor, "1,deferred,2"));
        ExpectMsg("recovered 1,2", Restarted(actor));
    }

    [Fact]
    public void A_deferred_handler_with_nothing_before_it_runs_at_once()
    {
        var actor = Start();
        Run(actor, p =>
        {
            p.DeferAsync("deferred", p.Remember);
            p.Remember("after");
        });
        ExpectState(actor, "deferred,after");
    }

    [Fact]
    public void The_sender_in_a_handler_is_the_sender_of_the_command()
    {
        var actor = Start();
        var other = CreateTestProbe();
        actor.Tell((Action<Probe>)(p => p.Persist("1", _ => p.Asker.Tell("done"))), TestActor);
        actor.Tell((Action<Probe>)(p => p.Persist("2", _ => p.Asker.Tell("done too"))), other.Ref);
        ExpectMsg("done");
        other.ExpectMsg("done too");
    }

    [Fact]
    public void Sequence_numbers_count_events()
    {
        var actor = Start();
        Run(actor, p => p.PersistAll(["1", "2", "3"], _ => TestActor.Tell(p.LastSequenceNr)));
        ExpectMsg(1L);
        ExpectMsg(2L);
        ExpectMsg(3L);
    }

    [Fact]
    public void Asynchronous_commands_may_persist_after_waiting()
    {
        var actor = Start();
        actor.Tell(new RunAsync(async p =>
        {
            await Task.Yield();
            p.Persist("1", p.Remember);
            await Task.Yield();
            p.Persist("2", p.Remember);
        }));
        Run(actor, p => p.Remember("next"));
        ExpectState(actor, "1,2,next");
    }

    [Fact]
    public void Asynchronous_commands_that_wait_for_nothing_keep_the_order_of_those_after_them()
    {
        var actor = Start();
        Run(actor, p => p.Persist("1", p.Remember));
        actor.Tell(new RunAsync(p =>
        {
            p.Remember("async");
            return Task.CompletedTask;
        }));
        for (var n = 0; n < 10; n++)
        {
            var number = n;
            Run(actor, p => p.Remember($"c{number}"));
        }

        ExpectState(actor, "1,async," + string.Join(",", Enumerable.Range(0, 10).Select(n => $"c{n}")));
    }

    [Fact]
    public void The_actors_own_stash_goes_before_commands_that_were_held_back()
    {
        var actor = Start();
        var inside = false;
        Run(actor, p => StashOnce(p, ref inside, "stashed"));
        Run(actor, p => p.Persist("event", e =>
        {
            p.Remember(e);
            p.Stash.UnstashAll();
        }));
        Run(actor, p => p.Remember("held back"));
        ExpectState(actor, "event,stashed,held back");

        static void StashOnce(Probe p, ref bool seen, string name)
        {
            if (!seen) p.Stash.Stash();
            else p.Remember(name);
            seen = true;
        }
    }

    [Fact]
    public void Persisting_while_recovering_is_refused()
    {
        ActorOf(() => new PersistsTooEarly(_id, TestActor));
        ExpectMsg("completed");
        Run(Start(), p => p.Persist("1", _ => TestActor.Tell("written")));
        ExpectMsg("written");
        ActorOf(() => new PersistsTooEarly(_id, TestActor));
        ExpectMsg("InvalidOperationException");
    }

    private IActorRef Start() => ActorOf(() => new Probe(_id, null, null));

    private TimeSpan? Restarted(IActorRef actor)
    {
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        ActorOf(() => new Probe(_id, TestActor, null));
        return null;
    }

    private static void Run(IActorRef actor, Action<Probe> code) => actor.Tell(code);

    private void ExpectState(IActorRef actor, string state)
    {
        actor.Tell("state", TestActor);
        Assert.Equal(state, ExpectMsg<string>());
    }

    private sealed class PersistsTooEarly : ReceivePersistentActor
    {
        public PersistsTooEarly(string id, IActorRef observer)
        {
            PersistenceId = id;
            Recover<string>(_ => Persist("x", static _ => { }));
            Recover<RecoveryCompleted>(_ => observer.Tell("completed"));
            Observer = observer;
        }

        public override string PersistenceId { get; }

        private IActorRef Observer { get; }

        protected override void OnRecoveryFailure(Exception reason, object? message = null) => Observer.Tell(reason.GetType().Name);
    }
}
