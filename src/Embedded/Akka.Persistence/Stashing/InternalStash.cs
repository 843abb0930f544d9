using Akka.Actor;
using Akka.Dispatch;

namespace Akka.Persistence;

/// <summary>
/// The commands that a persistent actor holds back while it recovers or persists. They go back to the front of the
/// mailbox one by one, each when the one before has been handled, so that a long queue is moved once and not each time.
/// </summary>
internal sealed class InternalStash(ActorCell cell)
{
    private readonly LinkedList<Envelope> _kept = new();
    private readonly int _capacity = Capacity(cell);

    internal int Count => _kept.Count;

    /// <exception cref="StashOverflowException">The stash is full.</exception>
    internal void Stash()
    {
        if (_capacity >= 0 && _kept.Count >= _capacity)
            throw new StashOverflowException(
                $"Couldn't enqueue message {cell.CurrentMessage} from {cell.Sender} to the internal stash of {cell.Self}: its capacity is {_capacity}");
        _kept.AddLast(new Envelope(cell.CurrentMessage!, cell.Sender));
    }

    /// <summary>Puts messages that were kept for longer before the others.</summary>
    internal void Prepend(IEnumerable<Envelope> older)
    {
        LinkedListNode<Envelope>? last = null;
        foreach (var envelope in older)
            last = last is null ? _kept.AddFirst(envelope) : _kept.AddAfter(last, envelope);
    }

    internal void Unstash()
    {
        if (_kept.First is not { } first) return;
        _kept.RemoveFirst();
        Mailbox.EnqueueFirst(first.Value);
    }

    internal void UnstashAll()
    {
        for (var node = _kept.Last; node is not null; node = node.Previous) Mailbox.EnqueueFirst(node.Value);
        _kept.Clear();
    }

    private IDequeBasedMessageQueueSemantics Mailbox => (IDequeBasedMessageQueueSemantics)cell.Mailbox.MessageQueue;

    private static int Capacity(ActorCell cell) => cell.Props.Deploy.StashCapacity != Deploy.NoStashSize
        ? cell.Props.Deploy.StashCapacity
        : cell.SystemImpl.Mailboxes.StashCapacity(cell.Props.Deploy.Dispatcher, cell.Props.Deploy.Mailbox);
}
