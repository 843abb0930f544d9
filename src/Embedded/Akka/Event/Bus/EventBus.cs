using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Event;

/// <summary>
/// Publishes events to subscribers by classifiers: whoever subscribed to the event's classifier, or to one above it,
/// gets the event once.
/// </summary>
public abstract class EventBus<TEvent, TClassifier, TSubscriber>
    where TClassifier : notnull
    where TSubscriber : notnull
{
    private readonly Lock _lock = new();
    private readonly List<Subscriptions> _subscriptions = [];

    // Subscribers by classifier of an event, found on the first event of its kind; replaced as a whole by each change.
    private volatile ConcurrentDictionary<TClassifier, TSubscriber[]> _cache = new();

    /// <summary>The short name of an object's type, for logs.</summary>
    protected static string SimpleName(object source) => SimpleName(source.GetType());

    protected static string SimpleName(Type source) => source.Name;

    /// <summary>False when the subscriber had that subscription, or one above it.</summary>
    public virtual bool Subscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_lock)
        {
            var known = Find(subscriber);
            if (known is null) _subscriptions.Add(known = new Subscriptions(subscriber));
            if (known.Wants(classifier, this) && !known.Unwanted.Any(not => IsSubClassification(classifier, not))) return false;
            known.Wanted.RemoveWhere(had => IsSubClassification(classifier, had));
            known.Unwanted.RemoveWhere(not => IsSubClassification(classifier, not));
            known.Wanted.Add(classifier);
            _cache = new ConcurrentDictionary<TClassifier, TSubscriber[]>();
            return true;
        }
    }

    /// <summary>Takes back all subscriptions of a subscriber; false when there was none.</summary>
    public virtual bool Unsubscribe(TSubscriber subscriber)
    {
        lock (_lock)
        {
            var removed = _subscriptions.RemoveAll(s => s.Subscriber.Equals(subscriber)) > 0;
            if (removed) _cache = new ConcurrentDictionary<TClassifier, TSubscriber[]>();
            return removed;
        }
    }

    /// <summary>
    /// Takes back one subscription and those below it, also as an exception from one above it; false when the subscriber
    /// got none of that anyway.
    /// </summary>
    public virtual bool Unsubscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_lock)
        {
            if (Find(subscriber) is not { } known) return false;
            var removed = known.Wanted.RemoveWhere(had => IsSubClassification(classifier, had)) > 0;
            if (known.Wants(classifier, this)) removed |= known.Unwanted.Add(classifier);
            if (known.Wanted.Count == 0) _subscriptions.Remove(known);
            if (removed) _cache = new ConcurrentDictionary<TClassifier, TSubscriber[]>();
            return removed;
        }
    }

    public virtual void Publish(TEvent @event)
    {
        var classifier = GetClassifier(@event);
        var cache = _cache;
        if (!cache.TryGetValue(classifier, out var subscribers)) subscribers = Cache(cache, classifier);
        foreach (var subscriber in subscribers) Publish(@event, subscriber);
    }

    /// <summary>Whether <paramref name="child"/> is <paramref name="parent"/> or below it; arguments in the order (parent, child).</summary>
    protected abstract bool IsSubClassification(TClassifier parent, TClassifier child);

    protected abstract void Publish(TEvent @event, TSubscriber subscriber);

    protected abstract bool Classify(TEvent @event, TClassifier classifier);

    protected abstract TClassifier GetClassifier(TEvent @event);

    internal bool HasSubscriptions(TSubscriber subscriber)
    {
        lock (_lock) return Find(subscriber) is not null;
    }

    private Subscriptions? Find(TSubscriber subscriber)
    {
        foreach (var known in _subscriptions)
            if (known.Subscriber.Equals(subscriber))
                return known;
        return null;
    }

    private TSubscriber[] Cache(ConcurrentDictionary<TClassifier, TSubscriber[]> cache, TClassifier classifier)
    {
        lock (_lock)
        {
            TSubscriber[] subscribers = [.. _subscriptions
                .Where(s => s.Wants(classifier, this))
                .Select(s => s.Subscriber)];
            cache[classifier] = subscribers;
            return subscribers;
        }
    }

    private sealed class Subscriptions(TSubscriber subscriber)
    {
        internal TSubscriber Subscriber { get; } = subscriber;

        internal HashSet<TClassifier> Wanted { get; } = [];

        /// <summary>Exceptions from what is wanted.</summary>
        internal HashSet<TClassifier> Unwanted { get; } = [];

        /// <summary>Whether something wanted covers a classifier, and no exception from just that does.</summary>
        internal bool Wants(TClassifier classifier, EventBus<TEvent, TClassifier, TSubscriber> bus)
        {
            foreach (var wanted in Wanted)
                if (bus.IsSubClassification(wanted, classifier) &&
                    !Unwanted.Any(not => bus.IsSubClassification(not, classifier) && bus.IsSubClassification(wanted, not)))
                    return true;
            return false;
        }
    }
}

/// <summary>An event bus whose subscribers are actors.</summary>
public abstract class ActorEventBus<TEvent, TClassifier> : EventBus<TEvent, TClassifier, IActorRef>
    where TClassifier : notnull;
