using Akka.Actor;
using Akka.Configuration;

namespace Akka.Specs.Supervision;

/// <summary>What strategies decide about children that fail.</summary>
public class StrategySpecs : Akka.TestKit.Xunit2.TestKit
{
    private static readonly IDecider ByMessage = Decider.From(cause => cause.Message switch
    {
        "resume" => Directive.Resume,
        "stop" => Directive.Stop,
        "escalate" => Directive.Escalate,
        _ => Directive.Restart,
    });

    [Fact]
    public void Resume_keeps_the_state_and_is_logged_as_a_warning()
    {
        var child = Child(new OneForOneStrategy(ByMessage));
        child.Tell(1);
        ExpectMsg(1);

        EventFilter.Warning("resume").ExpectOne(() => child.Tell("resume"));

        child.Tell(1);
        ExpectMsg(2);
    }

    [Fact]
    public void Restart_begins_anew()
    {
        var child = Child(new OneForOneStrategy(ByMessage));
        child.Tell(1);
        ExpectMsg(1);

        EventFilter.Exception<InvalidOperationException>("restart").ExpectOne(() => child.Tell("restart"));

        child.Tell(1);
        ExpectMsg(1);
    }

    [Fact]
    public void Stop_ends_the_child_and_leaves_the_others()
    {
        var children = Children(new OneForOneStrategy(ByMessage), 2);
        Watch(children[0]);

        children[0].Tell("stop");

        ExpectTerminated(children[0]);
        children[1].Tell(1);
        ExpectMsg(1);
    }

    [Fact]
    public void All_for_one_restarts_or_stops_all()
    {
        var children = Children(new AllForOneStrategy(ByMessage), 3);
        foreach (var child in children) child.Tell(1);
        ReceiveN(3);

        children[1].Tell("restart");

        foreach (var child in children)
        {
            AwaitAssert(() =>
            {
                child.Tell(0);
                Assert.Equal(0, ExpectMsg<int>());
            });
            Watch(child);
        }

        children[2].Tell("stop");
        Assert.Equal(children.Order(), new[] { 0, 1, 2 }.Select(_ => ExpectMsg<Terminated>().ActorRef).Order());
    }

    [Fact]
    public void Escalation_fails_the_parent_with_the_same_cause()
    {
        var top = Sys.ActorOf(Props.Create(() => new Parent(new OneForOneStrategy(ByMessage))), "top");
        top.Tell(Props.Create(() => new Parent(new OneForOneStrategy(_ => Directive.Escalate))));
        var middle = ExpectMsg<IActorRef>();
        middle.Tell(Props.Create(() => new Counter()));
        var child = ExpectMsg<IActorRef>();
        Watch(child);
        Watch(middle);

        // The middle escalates, the top restarts it, and the restart stops its child.
        EventFilter.Exception<InvalidOperationException>("any").ExpectOne(() => child.Tell("any"));

        ExpectTerminated(child);
        middle.Tell("alive?");
        ExpectMsg("alive?");
    }

    [Fact]
    public void A_resumed_escalation_resumes_the_child_that_failed()
    {
        var top = Sys.ActorOf(Props.Create(() => new Parent(new OneForOneStrategy(_ => Directive.Resume))));
        top.Tell(Props.Create(() => new Parent(new OneForOneStrategy(_ => Directive.Escalate))));
        var middle = ExpectMsg<IActorRef>();
        middle.Tell(Props.Create(() => new Counter()));
        middle.Tell(Props.Create(() => new Counter()));
        var (failing, other) = (ExpectMsg<IActorRef>(), ExpectMsg<IActorRef>());
        failing.Tell(1);
        ExpectMsg(1);

        for (var i = 0; i < 20; i++) failing.Tell("any");
        failing.Tell(1);
        ExpectMsg(2);
        other.Tell(1);
        ExpectMsg(1);
        middle.Tell("alive?");
        ExpectMsg("alive?");
    }

    [Fact]
    public void Restarts_are_limited_for_all_time_or_within_a_window()
    {
        var limited = Child(new OneForOneStrategy(2, -1, ByMessage));
        Watch(limited);
        for (var i = 0; i < 3; i++) limited.Tell("restart");
        ExpectTerminated(limited);

        var never = Child(new OneForOneStrategy(0, 1000, ByMessage));
        Watch(never);
        never.Tell("restart");
        ExpectTerminated(never);

        var window = Child(new OneForOneStrategy(2, 10, ByMessage));
        for (var i = 0; i < 4; i++)
        {
            window.Tell("restart");
            window.Tell(1);
            ExpectMsg(1);
            // Longer than the window: an event that no later than this has happened.
            AwaitCondition(() => Sys.Uptime > _last + TimeSpan.FromMilliseconds(30), TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(5));
            _last = Sys.Uptime;
        }
    }

    private TimeSpan _last;

    [Fact]
    public void A_decider_that_throws_escalates_what_it_threw()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Parent(new OneForOneStrategy(Fail))));
        parent.Tell(Props.Create(() => new Counter()));
        var child = ExpectMsg<IActorRef>();

        EventFilter.Exception<FormatException>("decider").ExpectOne(() => child.Tell("any"));

        parent.Tell("alive?");
        ExpectMsg("alive?");
    }

    [Fact]
    public void The_default_strategy_stops_killed_actors()
    {
        var child = Child(SupervisorStrategy.DefaultStrategy);
        Watch(child);

        EventFilter.Exception<ActorKilledException>("Kill").ExpectOne(() => child.Tell(Kill.Instance));

        ExpectTerminated(child);
    }

    [Fact]
    public void Props_may_replace_the_strategy_of_the_actor()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Parent(new OneForOneStrategy(_ => Directive.Resume)))
            .WithSupervisorStrategy(SupervisorStrategy.StoppingStrategy));
        parent.Tell(Props.Create(() => new Counter()));
        var child = ExpectMsg<IActorRef>();
        Watch(child);

        child.Tell("any");

        ExpectTerminated(child);
    }

    [Fact]
    public void A_child_of_a_test_actor_is_supervised_by_the_strategy_that_is_given()
    {
        var child = ChildActorOf(Props.Create(() => new Counter()), "mine", SupervisorStrategy.StoppingStrategy);
        Watch(child);
        Assert.Equal(TestActor.Path, child.Path.Parent);

        child.Tell("any");

        ExpectTerminated(child);
    }

    [Fact]
    public async Task A_failure_that_user_escalates_ends_the_system()
    {
        var config = ConfigurationFactory.ParseString(
            $"akka.actor.guardian-supervisor-strategy = \"{typeof(Escalating).AssemblyQualifiedName}\"").WithFallback(DefaultConfig);
        var system = ActorSystem.Create("escalating", config);
        var actor = system.ActorOf(Props.Create(() => new Counter()));

        CreateEventFilter(system).Exception<InvalidOperationException>("any").ExpectOne(() => actor.Tell("any"));

        await system.WhenTerminated.WaitAsync(TimeSpan.FromSeconds(5));
    }

    private static Directive Fail(Exception cause) => throw new FormatException("decider");

    private IActorRef Child(SupervisorStrategy strategy) => Children(strategy, 1)[0];

    private IActorRef[] Children(SupervisorStrategy strategy, int count)
    {
        var parent = Sys.ActorOf(Props.Create(() => new Parent(strategy)));
        for (var i = 0; i < count; i++) parent.Tell(Props.Create(() => new Counter()));
        return [.. ReceiveN(count).Cast<IActorRef>()];
    }

    public sealed class Escalating : SupervisorStrategyConfigurator
    {
        public override SupervisorStrategy Create() => new OneForOneStrategy(_ => Directive.Escalate);
    }

    private sealed class Parent : ReceiveActor
    {
        private readonly SupervisorStrategy _strategy;

        public Parent(SupervisorStrategy strategy)
        {
            _strategy = strategy;
            Receive<Props>(props => Sender.Tell(Context.ActorOf(props)));
            ReceiveAny(message => Sender.Tell(message));
        }

        protected override SupervisorStrategy SupervisorStrategy() => _strategy;
    }

    private sealed class Counter : ReceiveActor
    {
        private int _sum;

        public Counter()
        {
            Receive<int>(number => Sender.Tell(_sum += number));
            Receive<string>(message => throw new InvalidOperationException(message));
        }
    }
}
