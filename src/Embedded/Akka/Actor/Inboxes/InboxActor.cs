namespace Akka.Actor;

/// <summary>The actor of an <see cref="Inbox" />: puts what it receives where the owner takes it from, and watches for it.</summary>
internal sealed class InboxActor(InboxMessages messages) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is Order order)
        {
            order.Action(Context);
        }
        else
        {
            messages.Add(message);
        }
    }

    /// <summary>Something to do in the actor's context.</summary>
    internal sealed class Order(Action<IActorContext> action) : INoSerializationVerificationNeeded
    {
        public Action<IActorContext> Action { get; } = action;
    }
}
