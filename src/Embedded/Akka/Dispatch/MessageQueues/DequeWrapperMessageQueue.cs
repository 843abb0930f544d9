using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>Gives a queue a front to which messages can be put back, last in first out, before all others.</summary>
public class DequeWrapperMessageQueue(IMessageQueue messageQueue) : IMessageQueue, IDequeBasedMessageQueueSemantics
{
    protected readonly IMessageQueue MessageQueue = messageQueue;

    // Only the owner puts messages back, while it handles one, so the front needs no lock.
    private readonly Stack<Envelope> _front = new();
    private volatile int _frontCount;

    public bool HasMessages => _frontCount > 0 || MessageQueue.HasMessages;

    public int Count => _frontCount + MessageQueue.Count;

    public void Enqueue(IActorRef receiver, Envelope envelope) => MessageQueue.Enqueue(receiver, envelope);

    public virtual void EnqueueFirst(Envelope envelope)
    {
        _front.Push(envelope);
        _frontCount = _front.Count;
    }

    public bool TryDequeue(out Envelope envelope)
    {
        if (_frontCount == 0) return MessageQueue.TryDequeue(out envelope);
        envelope = _front.Pop();
        _frontCount = _front.Count;
        return true;
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters) => MessageQueues.MessageQueue.Drain(this, owner, deadletters);
}
