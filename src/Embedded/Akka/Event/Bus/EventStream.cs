using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.Event;

/// <summary>A system's bus for events by type: log events, dead letters, unhandled messages, and those of users.</summary>
public class EventStream : LoggingBus
{
    private readonly bool _debug;
    private IActorRef? _unsubscriber;

    public EventStream(bool debug) => _debug = debug;

    public override bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(channel);
        Trace($"subscribing {subscriber} to channel {channel}");
        var changed = base.Subscribe(subscriber, channel);
        // A subscriber that ends is forgotten, so that the stream does not grow for ever.
        if (subscriber is not MinimalActorRef) _unsubscriber?.Tell(new EventStreamUnsubscriber.Register(subscriber), ActorRefs.NoSender);
        return changed;
    }

    public override bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        var changed = base.Unsubscribe(subscriber, channel);
        Trace($"unsubscribing {subscriber} from channel {channel}");
        UnregisterIfNone(subscriber);
        return changed;
    }

    public override bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        var changed = base.Unsubscribe(subscriber);
        Trace($"unsubscribing {subscriber} from all channels");
        UnregisterIfNone(subscriber);
        return changed;
    }

    /// <summary>Starts the actor that forgets subscribers which have ended.</summary>
    public void StartUnsubscriber(ActorSystemImpl system) =>
        _unsubscriber = system.SystemActorOf(Props.Create(() => new EventStreamUnsubscriber(this)), "eventStreamUnsubscriber");

    private void UnregisterIfNone(IActorRef subscriber)
    {
        if (subscriber is not MinimalActorRef && !HasSubscriptions(subscriber))
            _unsubscriber?.Tell(new EventStreamUnsubscriber.UnregisterIfNone(subscriber), ActorRefs.NoSender);
    }

    private void Trace(string text)
    {
        if (_debug) Publish(new Debug(SimpleName(this), GetType(), text));
    }
}

/// <summary>Short forms for subscribing by type parameter.</summary>
public static class EventStreamExtensions
{
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Subscribe(subscriber, typeof(TChannel));

    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Unsubscribe(subscriber, typeof(TChannel));
}
