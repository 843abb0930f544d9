using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>The default queue: unbounded, lock-free for its senders, first in first out.</summary>
public class UnboundedMessageQueue : IMessageQueue, IUnboundedMessageQueueSemantics
{
    private EnvelopeQueue _queue;

    public bool HasMessages => _queue.HasMessages;

    public int Count => _queue.Count;

    public void Enqueue(IActorRef receiver, Envelope envelope) => _queue.Enqueue(envelope);

    public bool TryDequeue(out Envelope envelope) => _queue.TryDequeue(out envelope);

    public void CleanUp(IActorRef owner, IMessageQueue deadletters) => MessageQueue.Drain(this, owner, deadletters);
}
