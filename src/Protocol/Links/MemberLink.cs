using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;

namespace ActorScheduler.Protocol.Links;

/// <summary>The link of a cluster member: by the proxies of its own node.</summary>
/// <param name="allocator">Proxy of the singleton.</param>
/// <param name="frameworks">Region of the frameworks, or a proxy of it.</param>
public sealed class MemberLink(IActorRef allocator, IActorRef frameworks) : MasterLink
{
    /// <summary>Starts the proxies of a node that is a member, and publishes <see cref="AllocatorStarted"/> on its event stream.</summary>
    /// <param name="system">The node's system.</param>
    public static MemberLink Start(ActorSystem system)
    {
        system.ActorOf(AnnouncementsActor.Props(), "announcements");
        StartQuarantineWatch(system);
        IActorRef frameworks = ClusterSharding.Get(system).StartProxy(ClusterNames.Frameworks, ClusterNames.MasterRole, Extractor(system));
        return new MemberLink(StartAllocatorProxy(system), frameworks);
    }

    /// <summary>A proxy of the allocator.</summary>
    /// <param name="system">The node's system.</param>
    public static IActorRef StartAllocatorProxy(ActorSystem system) => system.ActorOf(
        ClusterSingletonProxy.Props($"/user/{ClusterNames.Allocator}", ClusterSingletonProxySettings.Create(system).WithRole(ClusterNames.MasterRole)),
        $"{ClusterNames.Allocator}-proxy");

    /// <summary>Lets the node end when the other members have given it up.</summary>
    /// <param name="system">The node's system.</param>
    public static void StartQuarantineWatch(ActorSystem system) => system.ActorOf(QuarantineActor.Props(), "quarantine");

    /// <summary>The extractor that all nodes share.</summary>
    /// <param name="system">The node's system; <c>actorscheduler.frameworks.shards</c> says how many shards there are.</param>
    public static FrameworkExtractor Extractor(ActorSystem system) => new(
        new SettingsSection(system.Settings.Config, "actorscheduler.frameworks").Count("shards", FrameworkExtractor.MostShards));

    /// <inheritdoc/>
    protected override void Deliver(IAllocatorMessage message, IActorRef sender) => allocator.Tell(message, sender);

    /// <inheritdoc/>
    protected override void Deliver(IFrameworkMessage message, IActorRef sender) => frameworks.Tell(message, sender);
}
