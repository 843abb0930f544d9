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
    /// <param name="sender">Who gets the answer.</param>
    public abstract void Send(IAllocatorMessage message, IActorRef sender);

    /// <summary>Sends to the actor of the framework that the message names.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sender">Who gets the answer.</param>
    public abstract void Send(IFrameworkMessage message, IActorRef sender);
}
