using Akka.Actor;
using Akka.Util;

namespace Akka.Dispatch.MessageQueues;

/// <summary>Hands out the message of the lowest priority number first; the order of equal ones is not defined.</summary>
public class UnboundedPriorityMessageQueue(Func<object, int> priorityGenerator, int initialCapacity)
    : BlockingMessageQueue, IUnboundedDequeBasedMessageQueueSemantics
{
    private readonly ListPriorityQueue _byPriority = new(initialCapacity, priorityGenerator);

    // What a stash puts back goes first, whatever its priority.
    private readonly Stack<Envelope> _front = new();

    protected override int LockedCount => _byPriority.Count() + _front.Count;

    public void EnqueueFirst(Envelope envelope) => _front.Push(envelope);

    protected override void LockedEnqueue(Envelope envelope) => _byPriority.Enqueue(envelope);

    protected override bool LockedTryDequeue(out Envelope envelope)
    {
        if (_front.TryPop(out envelope)) return true;
        if (_byPriority.Count() == 0) return false;
        envelope = _byPriority.Dequeue();
        return true;
    }
}
