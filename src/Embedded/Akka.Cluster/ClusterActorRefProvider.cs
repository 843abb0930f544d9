using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>The provider of a system that is a member of a cluster.</summary>
public class ClusterActorRefProvider : RemoteActorRefProvider
{
    private static readonly Lazy<Config> Defaults = new(() => ConfigurationFactory.FromResource("Akka.Cluster.cluster.conf", typeof(ClusterActorRefProvider).Assembly));

    public ClusterActorRefProvider(string systemName, Settings settings, EventStream eventStream) : base(systemName, settings, eventStream) =>
        settings.InjectTopLevelFallback(Defaults.Value);

    public override void Init(ActorSystemImpl system)
    {
        base.Init(system);
        Cluster.Get(system).Begin();
    }

    internal override IActorRef CreateRemoteWatcher(ActorSystemImpl system) => system.SystemActorOf(
        Props.Create(() => new ClusterRemoteWatcher(
            CreateRemoteWatcherFailureDetector(system), RemoteSettings.WatchHeartBeatInterval,
            RemoteSettings.WatchUnreachableReaperInterval, RemoteSettings.WatchHeartbeatExpectedResponseAfter)),
        "remote-watcher");
}
