using Akka.Actor;

namespace ActorScheduler.Protocol.Links;

/// <summary>
/// The way from agents and schedulers to the allocator and to frameworks' actors, wherever these are now. Nothing else in an
/// agent or a scheduler depends on being a member of the cluster. Sending never fails: what cannot be delivered is lost, and
/// whoever owns the fact sends it again.
/// </summary>
public abstract class MasterLink
{
    /// <summary>Sends to the allocator.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sender">Who gets the answer; a refusal at once when something is wrong with the message by itself.</param>
    public void Send(IAllocatorMessage message, IActorRef sender)
    {
        if (IsFit(message, sender))
            Deliver(message, sender);
    }

    /// <summary>Sends to the actor of the framework that the message names.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sender">Who gets the answer; a refusal at once when something is wrong with the message by itself.</param>
    public void Send(IFrameworkMessage message, IActorRef sender)
    {
        if (IsFit(message, sender))
            Deliver(message, sender);
    }

    /// <summary>Sends to the allocator what is fit to be sent.</summary>
    protected abstract void Deliver(IAllocatorMessage message, IActorRef sender);

    /// <summary>Sends to a framework's actor what is fit to be sent.</summary>
    protected abstract void Deliver(IFrameworkMessage message, IActorRef sender);

    private static bool IsFit(IProtocolMessage message, IActorRef sender)
    {
        if (MessageRules.Check(message) is not { } problem)
            return true;
        sender.Tell(MessageRules.Refusal(message, problem), ActorRefs.NoSender);
        return false;
    }
}
