using ActorScheduler.Master.Frameworks;
using ActorScheduler.Master.Journaling;
using ActorScheduler.Master.Membership;
using ActorScheduler.Master.Offers;
using ActorScheduler.Model;
using ActorScheduler.Protocol.Links;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.Pattern;

namespace ActorScheduler.Master;

/// <summary>Makes a cluster member a master: it may hold the allocator, it holds its part of the frameworks, and clients find it.</summary>
public static class MasterRole
{
    /// <summary>Serializer of the masters' journal, a fallback of a master's configuration.</summary>
    public static Config Config { get; } = ConfigurationFactory.FromResource("ActorScheduler.Master.master.conf", typeof(MasterRole).Assembly);

    /// <summary>The node's own start has enough to do.</summary>
    private static readonly TimeSpan WarmUpPause = TimeSpan.FromSeconds(5);

    /// <summary>Reads the settings of a master.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message names the key.</exception>
    public static void Check(Config config)
    {
        FrameworkSettings.From(config);
        AllocatorSettings.From(config);
        MembershipSettings.From(config);
    }

    /// <summary>Starts everything that a master has. The system must be a cluster member with the role <c>master</c>.</summary>
    /// <param name="system">The node's system.</param>
    /// <param name="time">The clock; null for the real one.</param>
    /// <returns>The link by which others on this node reach the masters.</returns>
    /// <exception cref="ArgumentException">The configuration is not valid; the message names the key.</exception>
    public static MasterLink Start(ActorSystem system, TimeProvider? time = null)
    {
        Config config = system.Settings.Config;
        TimeProvider clock = time ?? TimeProvider.System;
        FrameworkSettings frameworkSettings = FrameworkSettings.From(config);
        AllocatorSettings allocatorSettings = AllocatorSettings.From(config);
        MembershipSettings membershipSettings = MembershipSettings.From(config);

        system.Scheduler.Advanced.ScheduleOnce(WarmUpPause, () => WarmUp(system));
        IActorRef announcements = system.ActorOf(AnnouncementsActor.Props(), "announcements");
        MemberLink.StartQuarantineWatch(system);
        if (membershipSettings.DownsRefused)
            system.ActorOf(DeadPeersActor.Props(membershipSettings.RefusedPause), "dead-peers");
        IActorRef allocator = MemberLink.StartAllocatorProxy(system);
        IActorRef frameworks = ClusterSharding.Get(system).Start(
            ClusterNames.Frameworks, id => FrameworkActor.Props(new FrameworkId(id), frameworkSettings, allocator, clock),
            ClusterShardingSettings.Create(system).WithRole(ClusterNames.MasterRole).WithRememberEntities(true), MemberLink.Extractor(system));
        var around = new AllocatorSurroundings(frameworks, announcements, NodesActor.Props());
        system.ActorOf(
            ClusterSingletonManager.Props(
                Restarting(AllocatorActor.Props(allocatorSettings, around, clock)), PoisonPill.Instance,
                ClusterSingletonManagerSettings.Create(system).WithRole(ClusterNames.MasterRole)),
            ClusterNames.Allocator);
        IActorRef door = system.ActorOf(DoorActor.Props(allocator, frameworks, clock), "door");
        ClusterClientReceptionist.Get(system).RegisterService(door);
        return new MemberLink(allocator, frameworks);
    }

    private static void WarmUp(ActorSystem system)
    {
        if (!system.WhenTerminated.IsCompleted)
            system.ActorOf(WarmUpActor.Props(((ExtendedActorSystem)system).Provider.DefaultAddress), "journal-warm-up");
    }

    /// <summary>
    /// An allocator that could not write to its journal ends, and the singleton's manager would leave it at that: here it
    /// begins anew, with a new epoch, for as long as the journal is away.
    /// </summary>
    private static Props Restarting(Props allocator) => BackoffSupervisor.Props(
        Backoff.OnStop(allocator, "allocator", TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2), 0.2, maxNrOfRetries: -1));
}
