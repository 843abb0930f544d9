namespace Akka.Dispatch;

/// <summary>What a message queue guarantees; an actor names what it needs by <see cref="IRequiresMessageQueue{T}"/>.</summary>
public interface ISemantics;

/// <summary>Never refuses a message.</summary>
public interface IUnboundedMessageQueueSemantics : ISemantics;

/// <summary>Holds a bounded number of messages.</summary>
public interface IBoundedMessageQueueSemantics : ISemantics
{
    /// <summary>How long a sender waits for room before the message becomes a dead letter.</summary>
    TimeSpan PushTimeOut { get; }
}

/// <summary>Messages can be put back at the front, as a stash does.</summary>
public interface IDequeBasedMessageQueueSemantics : ISemantics
{
    void EnqueueFirst(Actor.Envelope envelope);
}

/// <summary>Unbounded with a front to put back to.</summary>
public interface IUnboundedDequeBasedMessageQueueSemantics : IDequeBasedMessageQueueSemantics, IUnboundedMessageQueueSemantics;

/// <summary>Bounded with a front to put back to.</summary>
public interface IBoundedDequeBasedMessageQueueSemantics : IDequeBasedMessageQueueSemantics, IBoundedMessageQueueSemantics;

/// <summary>May be emptied by several consumers.</summary>
public interface IMultipleConsumerSemantics : ISemantics;

/// <summary>Guarded by a lock.</summary>
public interface IBlockingMessageQueueSemantics : IMultipleConsumerSemantics
{
    TimeSpan BlockTimeOut { get; set; }
}

/// <summary>Says which kind of queue an actor's mailbox must have.</summary>
public interface IRequiresMessageQueue<T>
    where T : ISemantics;

/// <summary>Says which kind of queue a mailbox type makes.</summary>
public interface IProducesMessageQueue<TQueue>
    where TQueue : MessageQueues.IMessageQueue;

/// <summary>A mailbox type whose queues make senders wait.</summary>
public interface IProducesPushTimeoutSemanticsMailbox
{
    TimeSpan PushTimeout { get; }
}
