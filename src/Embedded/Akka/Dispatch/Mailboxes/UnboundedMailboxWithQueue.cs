using Akka.Actor;
using Akka.Dispatch.MessageQueues;

namespace Akka.Dispatch;

/// <summary>
/// The mailbox of an actor that asked for nothing special. It is its own queue: one object less an actor, and no
/// interface call on the way of a message.
/// </summary>
internal sealed class UnboundedMailboxWithQueue : Mailbox, IMessageQueue, IUnboundedMessageQueueSemantics
{
    private EnvelopeQueue _queue;

    public override IMessageQueue MessageQueue => this;

    public bool HasMessages => _queue.HasMessages;

    public int Count => _queue.Count;

    internal override bool HasUserMessages => _queue.HasMessages;

    public void Enqueue(IActorRef receiver, Envelope envelope) => _queue.Enqueue(envelope);

    bool IMessageQueue.TryDequeue(out Envelope envelope) => _queue.TryDequeue(out envelope);

    void IMessageQueue.CleanUp(IActorRef owner, IMessageQueue deadletters) => MessageQueues.MessageQueue.Drain(this, owner, deadletters);

    internal override void Enqueue(IActorRef receiver, in Envelope envelope) => _queue.Enqueue(envelope);

    private protected override bool TryDequeue(out Envelope envelope) => _queue.TryDequeue(out envelope);
}
