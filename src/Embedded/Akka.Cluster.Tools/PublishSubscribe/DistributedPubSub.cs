using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>Starts this node's mediator of publish-subscribe.</summary>
public class DistributedPubSub : IExtension
{
    private readonly Cluster _cluster;
    private readonly DistributedPubSubSettings _settings;

    public DistributedPubSub(ExtendedActorSystem system)
    {
        _settings = DistributedPubSubSettings.Create(system);
        _cluster = Cluster.Get(system);
        Mediator = IsTerminated ? system.DeadLetters : Start(system);
    }

    /// <summary>Whether this node has no mediator: it has left the cluster, or is not of the role.</summary>
    public bool IsTerminated => _cluster.IsTerminated || (_settings.Role is { } role && !_cluster.SelfRoles.Contains(role));

    /// <summary>The mediator of this node; dead letters where there is none.</summary>
    public IActorRef Mediator { get; }

    /// <summary>The defaults of the tools, which are also below the configuration of each system that uses them.</summary>
    public static Config DefaultConfig() => ToolsDefaults.Config;

    public static DistributedPubSub Get(ActorSystem system) => system.WithExtension<DistributedPubSub, DistributedPubSubExtensionProvider>();

    private IActorRef Start(ExtendedActorSystem system)
    {
        var section = ToolsDefaults.Section(system, "akka.cluster.pub-sub");
        var dispatcher = section.GetString("use-dispatcher") is { Length: > 0 } given ? given : Dispatchers.InternalDispatcherId;
        return system.SystemActorOf(DistributedPubSubMediator.Props(_settings).WithDispatcher(dispatcher), section.GetString("name"));
    }
}

/// <summary>Publish-subscribe of a system as an extension.</summary>
public class DistributedPubSubExtensionProvider : ExtensionIdProvider<DistributedPubSub>
{
    public override DistributedPubSub CreateExtension(ExtendedActorSystem system) => new(system);
}
