using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>Base of queues that order messages under a lock.</summary>
public abstract class BlockingMessageQueue : IMessageQueue, IBlockingMessageQueueSemantics
{
    private readonly Lock _lock = new();

    /// <summary>How long a caller waits for the lock before it fails.</summary>
    public TimeSpan BlockTimeOut { get; set; } = TimeSpan.FromSeconds(1);

    public bool HasMessages => Count > 0;

    public int Count => Locked(static (queue, _) => queue.LockedCount, default);

    protected abstract int LockedCount { get; }

    public void Enqueue(IActorRef receiver, Envelope envelope) => Locked(
        static (queue, envelope) =>
        {
            queue.LockedEnqueue(envelope);
            return 0;
        },
        envelope);

    public bool TryDequeue(out Envelope envelope)
    {
        var (found, first) = Locked(static (queue, _) => (queue.LockedTryDequeue(out var first), first), default);
        envelope = first;
        return found;
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters) => MessageQueue.Drain(this, owner, deadletters);

    protected abstract void LockedEnqueue(Envelope envelope);

    protected abstract bool LockedTryDequeue(out Envelope envelope);

    private T Locked<T>(Func<BlockingMessageQueue, Envelope, T> access, in Envelope envelope)
    {
        if (!_lock.TryEnter(BlockTimeOut))
            throw new TimeoutException($"The queue was not free within {BlockTimeOut}");
        try
        {
            return access(this, envelope);
        }
        finally
        {
            _lock.Exit();
        }
    }
}
