using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Tools.Client;

/// <summary>Asks a client to tell of its contact points.</summary>
public interface ISubscribeContactPoints;

/// <summary>Asks a client to tell no more of its contact points.</summary>
public interface IUnsubscribeContactPoints;

/// <summary>Asks a client for its contact points.</summary>
public interface IGetContactPoints;

/// <summary>A change of a client's contact points.</summary>
public interface IContactPointChange
{
    ActorPath ContactPoint { get; }
}

/// <summary>Subscribes the sender: it gets <see cref="ContactPoints"/> and then each <see cref="IContactPointChange"/>.</summary>
public sealed class SubscribeContactPoints : ISubscribeContactPoints
{
    public static readonly SubscribeContactPoints Instance = new();

    private SubscribeContactPoints()
    {
    }
}

/// <summary>Undoes a <see cref="SubscribeContactPoints"/>.</summary>
public sealed class UnsubscribeContactPoints : IUnsubscribeContactPoints
{
    public static readonly UnsubscribeContactPoints Instance = new();

    private UnsubscribeContactPoints()
    {
    }
}

/// <summary>Asks a client for its <see cref="ContactPoints"/>.</summary>
public sealed class GetContactPoints : IGetContactPoints
{
    public static readonly GetContactPoints Instance = new();

    private GetContactPoints()
    {
    }
}

/// <summary>The receptionists that a client knows of.</summary>
public sealed class ContactPoints
{
    public ContactPoints(IImmutableSet<ActorPath> contactPoints) => ContactPointsList = contactPoints;

    public IImmutableSet<ActorPath> ContactPointsList { get; }
}

/// <summary>A client heard of a receptionist.</summary>
public sealed record ContactPointAdded : IContactPointChange
{
    public ContactPointAdded(ActorPath contactPoint) => ContactPoint = contactPoint;

    public ActorPath ContactPoint { get; }
}

/// <summary>A receptionist is not to be used any more.</summary>
public sealed record ContactPointRemoved : IContactPointChange
{
    public ContactPointRemoved(ActorPath contactPoint) => ContactPoint = contactPoint;

    public ActorPath ContactPoint { get; }
}
