using Akka.Actor;
using Akka.Actor.Dsl;
using Akka.Actor.Setup;

namespace Akka.Specs.Actors;

public sealed class PropsSpecs : TestKit.Xunit2.TestKit
{
    [Fact]
    public void Arguments_of_an_expression_are_taken_once_when_the_props_are_made()
    {
        var text = "first";
        var props = Props.Create(() => new Says(text, 2));
        text = "second";

        Ask(Sys.ActorOf(props), "first 2");
        Ask(Sys.ActorOf(props), "first 2");
    }

    [Fact]
    public void Arguments_choose_the_constructor()
    {
        Ask(Sys.ActorOf(Props.Create<Says>("a", 1)), "a 1");
        Ask(Sys.ActorOf(Props.Create((Type)typeof(Says), ["b"])), "b 0");
        Ask(Sys.ActorOf(new Props(typeof(Says), ["c", 3])), "c 3");
    }

    [Fact]
    public void Arguments_that_no_constructor_takes_stop_the_actor_with_an_error_that_names_the_class()
    {
        EventFilter.Exception<ActorInitializationException>(contains: nameof(Says)).ExpectOne(() =>
        {
            var actor = Sys.ActorOf(Props.Create<Says>(1, 2, 3, 4));
            Watch(actor);
            ExpectTerminated(actor);
        });
    }

    [Fact]
    public void A_factory_that_is_no_constructor_call_is_refused() =>
        Assert.Throws<ArgumentException>(() => Props.Create(() => Make()));

    [Fact]
    public void A_producer_makes_actors_and_is_told_when_they_are_let_go()
    {
        var producer = new Producer();
        var actor = Sys.ActorOf(Props.CreateBy(producer));
        Ask(actor, "produced 0");
        Watch(actor);

        Sys.Stop(actor);

        ExpectTerminated(actor);
        AwaitCondition(() => producer.Released == 1);
    }

    [Fact]
    public void Changes_make_new_props_and_leave_the_old()
    {
        var props = Props.Create(() => new Says("a", 1));
        var changed = props.WithDispatcher("d").WithMailbox("m").WithStashCapacity(5).WithDeploy(Deploy.Local);

        Assert.Null(props.Dispatcher);
        Assert.Equal(("d", "m", 5), (changed.Dispatcher, changed.Mailbox, changed.Deploy.StashCapacity));
        Assert.Equal(Deploy.Local.Scope, changed.Deploy.Scope);
    }

    [Fact]
    public void An_actor_by_lambdas_handles_and_becomes()
    {
        var actor = Sys.ActorOf(act =>
        {
            act.Receive<string>((message, context) => context.Sender.Tell($"heard {message}"));
            act.Receive<int>((_, context) => act.Become((_, inner) => inner.Sender.Tell("changed")));
        });

        Ask(actor, "heard what?");
        actor.Tell(1);
        Ask(actor, "changed");
    }

    [Fact]
    public async Task A_bootstrap_setup_brings_configuration_and_its_fallback()
    {
        var setup = BootstrapSetup.Create().WithConfig("a = 1").WithConfigFallback("a = 2\nb = 3");
        using var system = ActorSystem.Create("boot", ActorSystemSetup.Create(setup));

        Assert.Equal((1, 3), (system.Settings.Config.GetInt("a"), system.Settings.Config.GetInt("b")));
        Assert.Same(setup, system.Settings.Setup.Get<BootstrapSetup>().Value);
        await system.Terminate();
    }

    [Theory]
    [InlineData("")]
    [InlineData("-leading")]
    [InlineData("with space")]
    [InlineData("a/b")]
    public void A_system_with_a_bad_name_is_refused(string name) => Assert.Throws<ArgumentException>(() => ActorSystem.Create(name));

    [Fact]
    public void An_actor_made_by_new_is_refused() => Assert.Throws<ActorInitializationException>(() => Outside(() => new Says("a", 1)));

    private static void Outside(Func<object> make)
    {
        Exception? thrown = null;
        // The test's own thread counts as its test actor's.
        var thread = new Thread(() => thrown = Record.Exception(make));
        thread.Start();
        thread.Join();
        if (thrown is not null) throw thrown;
    }

    private static Says Make() => new("a", 1);

    private void Ask(IActorRef actor, string answer)
    {
        actor.Tell("what?");
        ExpectMsg(answer);
    }

    private sealed class Producer : IIndirectActorProducer
    {
        internal int Released { get; private set; }

        public Type ActorType => typeof(Says);

        public ActorBase Produce() => new Says("produced");

        public void Release(ActorBase actor) => Released++;
    }

    private sealed class Says : ReceiveActor
    {
        public Says(string text) : this(text, 0)
        {
        }

        public Says(string text, int number) => ReceiveAny(_ => Sender.Tell($"{text} {number}"));
    }
}
