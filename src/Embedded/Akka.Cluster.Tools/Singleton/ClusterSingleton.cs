using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>Starts a manager and a proxy of a singleton, as this node's role demands.</summary>
public class ClusterSingleton : IExtension
{
    private readonly ExtendedActorSystem _system;
    private readonly Cluster _cluster;
    private readonly ConcurrentDictionary<string, Lazy<IActorRef>> _managers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<IActorRef>> _proxies = new(StringComparer.Ordinal);

    public ClusterSingleton(ExtendedActorSystem system)
    {
        _system = system;
        _cluster = Cluster.Get(system);
    }

    public static ClusterSingleton Get(ActorSystem system) => system.WithExtension<ClusterSingleton, ClusterSingletonProvider>();

    /// <summary>
    /// Starts the singleton's manager if this node is of its role and has none yet, and gives the proxy by which to send it
    /// messages. To be called on each node that may have it or that sends it something.
    /// </summary>
    public IActorRef Init(SingletonActor singleton)
    {
        var settings = singleton.Settings.GetOrElse(ClusterSingletonSettings.Create(_system));
        var manager = $"singletonManager{singleton.Name}";
        if (settings.Role is null || _cluster.SelfRoles.Contains(settings.Role))
        {
            var stopMessage = singleton.StopMessage.GetOrElse(PoisonPill.Instance);
            _ = _managers.GetOrAdd(singleton.Name, _ => new Lazy<IActorRef>(() => _system.SystemActorOf(
                ClusterSingletonManager.Props(singleton.Props, stopMessage, settings.ForManager(singleton.Name)), manager))).Value;
        }

        return _proxies.GetOrAdd(singleton.Name, _ => new Lazy<IActorRef>(() => _system.SystemActorOf(
            ClusterSingletonProxy.Props($"/system/{manager}", settings.ForProxy(singleton.Name)), $"singletonProxy{singleton.Name}"))).Value;
    }
}

/// <summary>The singletons of a system as an extension.</summary>
public class ClusterSingletonProvider : ExtensionIdProvider<ClusterSingleton>
{
    public override ClusterSingleton CreateExtension(ExtendedActorSystem system) => new(system);
}
