using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;

namespace Akka.Specs.Systems;

public class TerminationSpecs
{
    private static readonly Config Quiet = ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF }");
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private sealed class Idle : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }

    [Fact]
    public async Task No_actor_survives_that_was_made_while_the_system_ended()
    {
        for (var round = 0; round < 20; round++)
        {
            var system = ActorSystem.Create("race", Quiet);
            var makers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => MakeUntilRefused(system))).ToArray();
            while (makers.All(maker => !maker.IsCompleted) && system.Uptime < TimeSpan.FromMilliseconds(5 * round)) await Task.Yield();

            await system.Terminate().WaitAsync(Limit);

            var made = (await Task.WhenAll(makers)).SelectMany(list => list);
            Assert.DoesNotContain(made, actor => !((IInternalActorRef)actor).IsTerminated);
        }
    }

    [Fact]
    public async Task Very_many_actors_end_with_the_system()
    {
        var system = ActorSystem.Create("many", Quiet);
        for (var i = 0; i < 200_000; i++) system.ActorOf(Props.Create<Idle>());

        await system.Terminate().WaitAsync(Limit);
    }

    [Fact]
    public async Task Terminating_twice_and_disposing_are_one_end()
    {
        var system = ActorSystem.Create("twice", Quiet);

        var (one, two) = (system.Terminate(), system.Terminate());
        await Task.WhenAll(one, two).WaitAsync(Limit);
        system.Dispose();
        system.Dispose();

        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Callbacks_run_from_the_last_to_the_first_whatever_one_of_them_throws()
    {
        var system = ActorSystem.Create("callbacks", Quiet);
        var order = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            var number = i;
            system.RegisterOnTermination(() =>
            {
                order.Add(number);
                if (number == 3) throw new InvalidOperationException("three");
            });
        }

        await system.Terminate().WaitAsync(Limit);

        Assert.Equal([4, 3, 2, 1, 0], order);
        Assert.Throws<InvalidOperationException>(() => system.RegisterOnTermination(() => { }));
        Assert.Throws<InvalidOperationException>(() => system.ActorOf(Props.Empty));
    }

    [Fact]
    public async Task A_stuck_actor_keeps_the_system_until_it_lets_go()
    {
        var (entered, leave) = (new TestLatch(), new TestLatch());
        var system = ActorSystem.Create("stuck", Quiet);
        system.ActorOf(Props.Create(() => new Stuck(entered, leave))).Tell("stick");
        entered.Ready(Limit);

        var ended = system.Terminate();
        Assert.False(ended.IsCompleted);
        leave.Open();

        await ended.WaitAsync(Limit);
    }

    [Theory]
    [InlineData("akka.actor.provider = \"No.Such, Thing\"", "akka.actor.provider")]
    [InlineData("akka.loggers = [\"No.Such, Thing\"]", "akka.loggers")]
    [InlineData("akka.scheduler.implementation = \"No.Such, Thing\"", "akka.scheduler.implementation")]
    [InlineData("akka.logger-formatter = \"No.Such, Thing\"", "akka.logger-formatter")]
    [InlineData("akka.extensions = [\"No.Such, Thing\"]", "akka.extensions")]
    [InlineData("akka.extensions = [\"System.Object\"]", "akka.extensions")]
    [InlineData("akka.actor.guardian-supervisor-strategy = \"No.Such, Thing\"", "akka.actor.guardian-supervisor-strategy")]
    [InlineData("akka.actor.default-mailbox.mailbox-type = \"No.Such, Thing\"", "mailbox-type")]
    [InlineData("akka.actor.default-dispatcher.type = \"No.Such, Thing\"", "akka.actor.default-dispatcher.type")]
    [InlineData("akka.log-dead-letters = many", "akka.log-dead-letters")]
    [InlineData("akka.actor.creation-timeout = soon", "akka.actor.creation-timeout")]
    public void A_bad_configuration_fails_the_creation_and_names_the_key(string hocon, string key)
    {
        var failure = Assert.ThrowsAny<Exception>(() => ActorSystem.Create("bad", ConfigurationFactory.ParseString(hocon).WithFallback(Quiet)));

        Assert.Contains(key, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-leading")]
    [InlineData("hallo welt")]
    [InlineData("a/b")]
    [InlineData("ä")]
    public void A_name_that_is_no_name_is_refused(string name) => Assert.Throws<ArgumentException>(() => ActorSystem.Create(name, Quiet));

    private static List<IActorRef> MakeUntilRefused(ActorSystem system)
    {
        var made = new List<IActorRef>();
        try
        {
            while (true) made.Add(system.ActorOf(Props.Create<Idle>()));
        }
        catch (InvalidOperationException)
        {
            return made;
        }
    }

    private sealed class Stuck(TestLatch entered, TestLatch leave) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            entered.CountDown();
            leave.Ready(TimeSpan.FromSeconds(10));
        }
    }
}
