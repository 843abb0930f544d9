using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;

namespace ActorScheduler.Cluster.Specs;

/// <summary>Promise 8 for the actors' protocol: no actor of a master or of an agent begins anew for what a peer sent.</summary>
public sealed class HostileSpecs
{
    /// <summary>These do what they say, and then there is nothing left to be sent to: they come last.</summary>
    private static readonly HashSet<Type> Final =
    [
        typeof(MarkAgentGone), typeof(LeaveCluster), typeof(AgentRefused), typeof(TearDownFramework), typeof(RemoveFramework), typeof(DrainAgent), typeof(DeactivateAgent), typeof(EndFramework),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_actor_begins_anew_for_what_a_peer_sends(int seed)
    {
        await using var cluster = new TestCluster();
        ActorSystem node = cluster.Start();
        IActorRef failures = node.ActorOf(Props.Create(() => new FailuresActor()));
        node.EventStream.Subscribe(failures, typeof(Error));
        await using var client = cluster.Connect();
        await using var session = await client.RegisterAsync(new FrameworkInfo { Name = "victim" }).WaitAsync(TestCluster.Limit);
        await session.Launch(Session.Task("t1"));
        await session.Update("t1", TaskState.Running);
        var agents = await client.AskAllocatorAsync<AgentsSnapshot>(new GetAgents());
        Offer offer = await session.OffersAsync().First();
        var peer = new HostilePeer(
            seed, node, node.ActorOf(Props.Create(() => new SinkActor())), session.FrameworkId, agents.Agents[0].Info.Id, agents.Epoch, new TaskId("t1"), new TaskId("t2"), offer.Id, "*", "eng",
            AgentState.Registered, Session.Task("t3"), offer.Resources);
        IActorRef agent = await node.ActorSelection("/user/agent-1/agent").ResolveOne(TestCluster.Limit);
        IActorRef allocator = await node.ActorSelection("/user/allocator-proxy").ResolveOne(TestCluster.Limit);
        IActorRef door = await node.ActorSelection("/user/door").ResolveOne(TestCluster.Limit);
        var stranger = new AgentId("stranger");
        IActorRef frameworks = ClusterSharding.Get(node).ShardRegion(ClusterNames.Frameworks);

        foreach (Type type in Enumerable.Repeat(HostilePeer.Types.Where(static type => !Final.Contains(type)), 25).Append(Final).SelectMany(static types => types))
        {
            foreach (IProtocolMessage sent in new[] { peer.ByWire(type), IsFromOutside(type) ? peer.WithoutSomething(type) : null }.OfType<IProtocolMessage>())
            {
                // It would take the place of the agent, which ends then, as it should.
                IProtocolMessage message = sent is RegisterAgent register ? register with { AgentId = stranger, Info = register.Info with { Id = stranger } } : sent;
                foreach (IActorRef target in message switch
                {
                    IAllocatorMessage => [allocator, door],
                    ITaskQuestion => [frameworks, allocator, agent],
                    IFrameworkMessage => [frameworks, door],
                    _ => new[] { agent },
                })
                    target.Tell(message, ActorRefs.NoSender);
            }
        }

        var after = await client.AskAllocatorAsync<AgentsSnapshot>(new GetAgents());
        await client.AskFrameworkAsync<FrameworkSnapshot>(new GetFramework(session.FrameworkId));
        await agent.Ask<ActorIdentity>(new Identify(1), TestCluster.Limit);
        var found = await failures.Ask<string[]>(FailuresActor.Get, TestCluster.Limit);
        Assert.True(found.Length == 0, string.Join(Environment.NewLine, found));
        Assert.Equal(agents.Epoch, after.Epoch);
    }

    private static bool IsFromOutside(Type type) => typeof(ICommand).IsAssignableFrom(type) || typeof(ISessionMessage).IsAssignableFrom(type)
        || typeof(ITaskQuestion).IsAssignableFrom(type) || type.Name.StartsWith("Get", StringComparison.Ordinal);

    private sealed class FailuresActor : ReceiveActor
    {
        public const string Get = "get";

        public FailuresActor()
        {
            var failures = new List<string>();
            // What ends for a good reason is an error for people, and none of an actor.
            Receive<Error>(static error => error.Cause is null, static _ => { });
            Receive<Error>(error => failures.Add($"{error.LogSource}: {error.Message} {error.Cause?.GetType().Name} {string.Join(' ', error.Cause?.StackTrace?.Split('\n').Where(static line => line.Contains("ActorScheduler", StringComparison.Ordinal)).Take(3) ?? [])}"));
            Receive<string>(_ => Sender.Tell(failures.Distinct().Take(10).ToArray()));
        }
    }

    private sealed class SinkActor : ReceiveActor
    {
        public SinkActor() => ReceiveAny(static _ => { });
    }
}
