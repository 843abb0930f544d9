using Akka.Actor;
using Akka.Cluster.Specs;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Cluster.Tools.PublishSubscribe.Internal;

namespace Akka.Cluster.Tools.Specs.PublishSubscribe;

/// <summary>Nodes with mediators, and inboxes as subscribers.</summary>
public abstract class PubSubSpec : ClusterSpec
{
    /// <summary>Nothing travels by comparing versions within a spec: what arrives was told.</summary>
    protected const string NoGossip = "akka.cluster.pub-sub.gossip-interval = 1 h";

    /// <summary>What got lost is found soon.</summary>
    protected const string FastGossip = "akka.cluster.pub-sub.gossip-interval = 100 ms";

    protected static IActorRef Mediator(Cluster node) => DistributedPubSub.Get(node.System).Mediator;

    protected static async Task<Inbox> Subscriber(Cluster node, string topic, string? group = null)
    {
        var inbox = Inbox.Create(node.System);
        await Mediator(node).Ask<SubscribeAck>(new Subscribe(topic, inbox.Receiver, group), Limit);
        return inbox;
    }

    /// <summary>An actor that answers every message by its node's address; registered under /user/<paramref name="name"/>.</summary>
    protected static IActorRef Service(Cluster node, string name)
    {
        var service = node.System.ActorOf(Props.Create(() => new Echo()), name);
        Mediator(node).Tell(new Put(service));
        return service;
    }

    /// <summary>Waits until each of these nodes knows so many entries of all registries, by versions.</summary>
    protected static Task AllKnow(IReadOnlyCollection<Cluster> nodes, params string[] topics) => Eventually(
        async () =>
        {
            foreach (var node in nodes)
                if (!(await Topics(node)).SetEquals(topics))
                    return false;
            return true;
        });

    protected static async Task<ISet<string>> Topics(Cluster node) =>
        (await Mediator(node).Ask<CurrentTopics>(GetTopics.Instance, Limit)).Topics.ToHashSet();

    protected static Task<int> Count(Cluster node, string topic) => Mediator(node).Ask<int>(new CountSubscribers(topic), Limit);

    protected static async Task Eventually(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, $"It did not come true within {Limit}");
            await Task.Delay(20);
        }
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(_ => Sender.Tell(Cluster.Get(Context.System).SelfAddress));
    }
}
