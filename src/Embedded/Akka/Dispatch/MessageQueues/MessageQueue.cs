using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>What queues of all kinds do alike.</summary>
internal static class MessageQueue
{
    internal static void Drain(IMessageQueue queue, IActorRef owner, IMessageQueue deadletters)
    {
        while (queue.TryDequeue(out var envelope)) deadletters.Enqueue(owner, envelope);
    }
}
