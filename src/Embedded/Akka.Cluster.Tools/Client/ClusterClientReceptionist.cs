using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.Cluster.Tools.Client;

/// <summary>Starts this node's receptionist, and registers what clients outside of the cluster may send to.</summary>
public sealed class ClusterClientReceptionist : IExtension
{
    private readonly Cluster _cluster;
    private readonly ClusterReceptionistSettings _settings;
    private readonly IActorRef _mediator;

    public ClusterClientReceptionist(ExtendedActorSystem system)
    {
        _settings = ClusterReceptionistSettings.Create(system);
        _cluster = Cluster.Get(system);
        _mediator = DistributedPubSub.Get(system).Mediator;
        Underlying = IsTerminated ? system.DeadLetters : Start(system);
    }

    /// <summary>Whether this node has no receptionist: it has left the cluster, or is not of the role.</summary>
    public bool IsTerminated => _cluster.IsTerminated || (_settings.Role is { } role && !_cluster.SelfRoles.Contains(role));

    /// <summary>The receptionist of this node; dead letters where there is none.</summary>
    public IActorRef Underlying { get; }

    /// <summary>The defaults of the tools, which are also below the configuration of each system that uses them.</summary>
    public static Config DefaultConfig() => ToolsDefaults.Config;

    public static ClusterClientReceptionist Get(ActorSystem system) =>
        system.WithExtension<ClusterClientReceptionist, ClusterClientReceptionistExtensionProvider>();

    /// <summary>Lets clients send to an actor of this node by its path, until the actor ends.</summary>
    public void RegisterService(IActorRef actorRef) => _mediator.Tell(new Put(actorRef), ActorRefs.NoSender);

    public void UnregisterService(IActorRef actorRef) => _mediator.Tell(new Remove(actorRef.Path.ToStringWithoutAddress()), ActorRefs.NoSender);

    /// <summary>Lets an actor of this node get what clients publish to a topic, until the actor ends.</summary>
    public void RegisterSubscriber(string topic, IActorRef actorRef) => _mediator.Tell(new Subscribe(topic, actorRef), ActorRefs.NoSender);

    public void UnregisterSubscriber(string topic, IActorRef actorRef) => _mediator.Tell(new Unsubscribe(topic, actorRef), ActorRefs.NoSender);

    private IActorRef Start(ExtendedActorSystem system)
    {
        var section = ToolsDefaults.Section(system, "akka.cluster.client.receptionist");
        var dispatcher = section.GetString("use-dispatcher") is { Length: > 0 } given ? given : Dispatchers.InternalDispatcherId;
        return system.SystemActorOf(ClusterReceptionist.Props(_mediator, _settings).WithDispatcher(dispatcher), section.GetString("name"));
    }
}

/// <summary>The receptionist of a system as an extension.</summary>
public sealed class ClusterClientReceptionistExtensionProvider : ExtensionIdProvider<ClusterClientReceptionist>
{
    public override ClusterClientReceptionist CreateExtension(ExtendedActorSystem system) => new(system);
}
