using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Tools.Client;

/// <summary>The receptionists that a client knows of, and who wants to hear of changes.</summary>
internal sealed class ContactList(IImmutableSet<ActorPath> initial)
{
    private readonly HashSet<IActorRef> _subscribers = [];

    /// <summary>Those that were heard of last; at first the initial ones.</summary>
    internal ImmutableHashSet<ActorPath> Points { get; private set; } = [.. initial];

    /// <summary>With the initial ones, in case that all others are gone.</summary>
    internal IEnumerable<ActorPath> All => Points.Union(initial);

    internal void Take(IEnumerable<string> paths)
    {
        var before = Points;
        ImmutableHashSet<ActorPath> points = [.. paths.Select(ActorPath.Parse)];
        if (points.IsEmpty || points.SetEquals(before)) return;
        Points = points;
        foreach (var added in points.Except(before)) Tell(new ContactPointAdded(added));
        foreach (var removed in before.Except(points)) Tell(new ContactPointRemoved(removed));
    }

    internal void Subscribe(IActorRef subscriber)
    {
        _subscribers.Add(subscriber);
        subscriber.Tell(new ContactPoints(Points));
    }

    internal void Unsubscribe(IActorRef subscriber) => _subscribers.Remove(subscriber);

    private void Tell(IContactPointChange change)
    {
        foreach (var subscriber in _subscribers) subscriber.Tell(change);
    }
}
