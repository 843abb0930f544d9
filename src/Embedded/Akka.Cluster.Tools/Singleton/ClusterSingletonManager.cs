using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// Sees to it that of an actor there is one in the whole cluster, or among the members of a role. Start a manager on each of
/// those nodes, under the same path: the oldest member has the singleton, as a child of its manager. When that member leaves
/// it hands over to the next oldest; when it was downed the next oldest starts a new one.
/// </summary>
public static class ClusterSingletonManager
{
    /// <summary>The defaults of the tools, which are also below the configuration of each system that uses them.</summary>
    public static Config DefaultConfig() => ToolsDefaults.Config;

    /// <summary>A manager that ends its singleton by a <see cref="PoisonPill"/> when it hands over.</summary>
    public static Props Props(Props singletonProps, ClusterSingletonManagerSettings settings) => Props(singletonProps, PoisonPill.Instance, settings);

    /// <param name="singletonProps">Makes the singleton.</param>
    /// <param name="terminationMessage">Sent to the singleton when it is to be handed over; it then has to stop itself.</param>
    public static Props Props(Props singletonProps, object terminationMessage, ClusterSingletonManagerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(singletonProps);
        ArgumentNullException.ThrowIfNull(terminationMessage);
        ArgumentNullException.ThrowIfNull(settings);
        return Actor.Props.Create(() => new SingletonManagerActor(singletonProps, terminationMessage, settings))
            .WithDispatcher(Dispatchers.InternalDispatcherId).WithDeploy(Deploy.Local);
    }
}
