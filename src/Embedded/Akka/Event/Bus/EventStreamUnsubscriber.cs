using Akka.Actor;

namespace Akka.Event;

/// <summary>Watches the subscribers of an event stream and takes their subscriptions back when they end.</summary>
internal sealed class EventStreamUnsubscriber(EventStream stream) : ActorBase
{
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Register register:
                Context.Watch(register.Actor);
                return true;
            case UnregisterIfNone unregister:
                if (!stream.HasSubscriptions(unregister.Actor)) Context.Unwatch(unregister.Actor);
                return true;
            case Terminated terminated:
                stream.Unsubscribe(terminated.ActorRef);
                return true;
            default:
                return false;
        }
    }

    internal sealed record Register(IActorRef Actor);

    internal sealed record UnregisterIfNone(IActorRef Actor);
}
