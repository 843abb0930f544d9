using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using Akka.Actor;

namespace ActorScheduler.Gateway;

/// <summary>Asks masters from outside of actors.</summary>
/// <param name="system">Where answers arrive.</param>
/// <param name="masters">The way to them.</param>
internal sealed class Questions(ActorSystem system, MasterLink masters)
{
    /// <summary>Asks the allocator.</summary>
    /// <returns>The answer, or null when none came in time.</returns>
    internal Task<object?> AskAllocator(IAllocatorMessage question, TimeSpan limit) => Ask(sender => masters.Send(question, sender), limit);

    /// <summary>Asks the actor of a framework.</summary>
    /// <returns>The answer, or null when none came in time.</returns>
    internal Task<object?> AskFramework(IFrameworkMessage question, TimeSpan limit) => Ask(sender => masters.Send(question, sender), limit);

    private async Task<object?> Ask(Action<IActorRef> send, TimeSpan limit)
    {
        using Inbox inbox = Inbox.Create(system);
        send(inbox.Receiver);
        try
        {
            return await inbox.ReceiveAsync(limit) is var answer and not Status.Failure ? answer : null;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
