using System.Diagnostics;
using Akka.Actor;
using Akka.Actor.Dsl;
using Akka.Configuration;

namespace Akka.Specs.Dispatchers;

public class DispatcherSpecs() : Akka.TestKit.Xunit2.TestKit(ConfigurationFactory.ParseString(
    """
    pinned { type = PinnedDispatcher }
    own-threads { type = ForkJoinDispatcher, throughput = 3, dedicated-thread-pool.thread-count = 2, shutdown-timeout = 50ms }
    tasks { type = TaskDispatcher }
    fair { type = Dispatcher, throughput = 5 }
    typeless { type = "" }
    odd { type = "No.Such, Thing" }
    akka.actor.deployment { "/deployed" { dispatcher = fair } }
    """))
{
    [Theory]
    [InlineData("pinned")]
    [InlineData("own-threads")]
    [InlineData("tasks")]
    [InlineData("fair")]
    [InlineData("akka.actor.default-dispatcher")]
    [InlineData("akka.actor.internal-dispatcher")]
    [InlineData("akka.actor.default-fork-join-dispatcher")]
    [InlineData("akka.actor.synchronized-dispatcher")]
    public void Each_kind_runs_its_actors_one_message_at_a_time(string id)
    {
        var actor = Sys.ActorOf(Props.Create(() => new Exclusive(TestActor)).WithDispatcher(id));

        Parallel.For(0, 1000, i => actor.Tell(i, ActorRefs.NoSender));
        actor.Tell("sum");

        ExpectMsg(499_500);
        Assert.Equal(id, ((LocalActorRef)actor).Cell.Dispatcher.Id);
    }

    [Fact]
    public void The_same_id_is_the_same_dispatcher_but_for_pinned_ones()
    {
        Assert.Same(Sys.Dispatchers.Lookup("fair"), Sys.Dispatchers.Lookup("fair"));
        Assert.NotSame(Sys.Dispatchers.Lookup("pinned"), Sys.Dispatchers.Lookup("pinned"));
        Assert.Same(Sys.Dispatchers.DefaultGlobalDispatcher, Sys.Dispatchers.Lookup("akka.actor.default-dispatcher"));
        Assert.Equal(5, Sys.Dispatchers.Lookup("fair").Throughput);
        Assert.True(Sys.Dispatchers.HasDispatcher("fair"));
        Assert.False(Sys.Dispatchers.HasDispatcher("unheard-of"));
    }

    [Fact]
    public void The_deployment_may_name_it() =>
        Assert.Equal("fair", ((LocalActorRef)Sys.ActorOf(Props.Empty, "deployed")).Cell.Dispatcher.Id);

    [Theory]
    [InlineData("unheard-of")]
    [InlineData("odd")]
    [InlineData("typeless")]
    public void One_that_cannot_be_made_is_an_error_with_its_name(string id) =>
        Assert.Contains(id, Assert.Throws<ConfigurationException>(() => Sys.Dispatchers.Lookup(id)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_pinned_actor_stays_on_its_thread_which_ends_with_it()
    {
        var actor = Sys.ActorOf(act => act.ReceiveAny((_, context) => context.Sender.Tell(Thread.CurrentThread)));
        var pinned = Sys.ActorOf(Props.Create(() => new TellsThread()).WithDispatcher("pinned"));
        pinned.Tell("a");
        pinned.Tell("b");
        var (one, two) = (ExpectMsg<Thread>(), ExpectMsg<Thread>());
        Assert.Same(one, two);
        actor.Tell("c");
        Assert.NotSame(one, ExpectMsg<Thread>());

        Sys.Stop(pinned);

        AwaitCondition(() => !one.IsAlive);
    }

    [Fact]
    public void Threads_of_an_empty_dispatcher_end_and_come_back_when_needed()
    {
        var actor = Sys.ActorOf(Props.Create(() => new TellsThread()).WithDispatcher("own-threads"));
        actor.Tell("a");
        var thread = ExpectMsg<Thread>();

        Sys.Stop(actor);
        AwaitCondition(() => !thread.IsAlive);

        Sys.ActorOf(Props.Create(() => new TellsThread()).WithDispatcher("own-threads")).Tell("b");
        ExpectMsg<Thread>();
    }

    [Fact]
    public async Task The_end_of_the_system_ends_all_its_threads()
    {
        var system = ActorSystem.Create("threads", Sys.Settings.Config);
        var threads = new List<Thread>();
        foreach (var id in new[] { "pinned", "own-threads", "akka.actor.default-fork-join-dispatcher" })
            threads.Add(await system.ActorOf(Props.Create(() => new TellsThread()).WithDispatcher(id)).Ask<Thread>("x", TimeSpan.FromSeconds(5)));

        await system.Terminate();

        await AwaitConditionAsync(() => threads.TrueForAll(thread => !thread.IsAlive));
    }

    [Fact]
    public void A_busy_actor_lets_others_have_their_turn()
    {
        var busy = Sys.ActorOf(act => act.ReceiveAny((message, context) => context.Self.Tell(message)));
        for (var i = 0; i < 100; i++) busy.Tell(i);
        var watch = Stopwatch.StartNew();

        var quiet = Sys.ActorOf(act => act.ReceiveAny((message, context) => context.Sender.Tell(message)));
        quiet.Tell("hello");

        ExpectMsg("hello");
        Sys.Stop(busy);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
    }

    private sealed class Exclusive : ReceiveActor
    {
        private int _inside;
        private int _sum;

        public Exclusive(IActorRef observer)
        {
            Receive<int>(number =>
            {
                if (Interlocked.Increment(ref _inside) != 1) observer.Tell("two at once");
                _sum += number;
                Interlocked.Decrement(ref _inside);
            });
            Receive<string>(_ => observer.Tell(_sum));
        }
    }

    private sealed class TellsThread : ReceiveActor
    {
        public TellsThread() => ReceiveAny(_ => Sender.Tell(Thread.CurrentThread));
    }
}
