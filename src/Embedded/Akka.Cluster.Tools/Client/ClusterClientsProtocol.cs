using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Tools.Client;

/// <summary>A change of a receptionist's clients.</summary>
public interface IClusterClientInteraction
{
    IActorRef ClusterClient { get; }
}

/// <summary>Subscribes the sender at a receptionist: it gets <see cref="ClusterClients"/> and then each <see cref="IClusterClientInteraction"/>.</summary>
public sealed class SubscribeClusterClients
{
    private SubscribeClusterClients()
    {
    }

    public static SubscribeClusterClients Instance { get; } = new();
}

/// <summary>Undoes a <see cref="SubscribeClusterClients"/>.</summary>
public sealed class UnsubscribeClusterClients
{
    private UnsubscribeClusterClients()
    {
    }

    public static UnsubscribeClusterClients Instance { get; } = new();
}

/// <summary>Asks a receptionist for its <see cref="ClusterClients"/>.</summary>
public sealed class GetClusterClients
{
    private GetClusterClients()
    {
    }

    public static GetClusterClients Instance { get; } = new();
}

/// <summary>The clients that use a receptionist.</summary>
public sealed class ClusterClients
{
    public ClusterClients(IImmutableSet<IActorRef> clusterClientsList) => ClusterClientsList = clusterClientsList;

    public IImmutableSet<IActorRef> ClusterClientsList { get; }
}

/// <summary>A client uses this receptionist now.</summary>
public sealed record ClusterClientUp : IClusterClientInteraction
{
    public ClusterClientUp(IActorRef clusterClient) => ClusterClient = clusterClient;

    public IActorRef ClusterClient { get; }
}

/// <summary>A client has not been heard of for too long: it is gone, or uses another receptionist.</summary>
public sealed record ClusterClientUnreachable : IClusterClientInteraction
{
    public ClusterClientUnreachable(IActorRef clusterClient) => ClusterClient = clusterClient;

    public IActorRef ClusterClient { get; }
}
