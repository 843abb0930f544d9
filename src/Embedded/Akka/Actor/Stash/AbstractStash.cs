using Akka.Dispatch;

namespace Akka.Actor.Internal;

/// <summary>The stash of an actor: envelopes in the order in which they were kept.</summary>
public abstract class AbstractStash : IStash
{
    private readonly ActorCell _cell;
    private readonly LinkedList<Envelope> _kept = new();

    protected AbstractStash(IActorContext context)
    {
        _cell = (ActorCell)context;
        var configured = _cell.Props.Deploy.StashCapacity;
        Capacity = configured != Deploy.NoStashSize
            ? configured
            : _cell.SystemImpl.Mailboxes.StashCapacity(_cell.Props.Deploy.Dispatcher, _cell.Props.Deploy.Mailbox);
        if (_cell.Mailbox.MessageQueue is not IDequeBasedMessageQueueSemantics)
            throw new NotSupportedException(
                $"Couldn't create stash for [{_cell.Self}]: its mailbox [{_cell.Mailbox.MessageQueue.GetType()}] has no front to put messages back to. " +
                "Use akka.actor.mailbox.unbounded-deque-based, or an actor that implements IWithUnboundedStash.");
    }

    public int Count => _kept.Count;

    public bool IsEmpty => _kept.Count == 0;

    public bool NonEmpty => _kept.Count > 0;

    public int Capacity { get; }

    public bool IsFull => Capacity >= 0 && _kept.Count >= Capacity;

    private IDequeBasedMessageQueueSemantics Mailbox => (IDequeBasedMessageQueueSemantics)_cell.Mailbox.MessageQueue;

    public void Stash()
    {
        var message = _cell.CurrentMessage
            ?? throw new IllegalActorStateException("There is no message to stash outside of its handling");
        if (_cell.StashedCurrentMessage)
            throw new IllegalActorStateException($"Can't stash the same message {message} more than once");
        if (IsFull)
            throw new StashOverflowException($"Couldn't enqueue message {message} from {_cell.Sender} to stash of {_cell.Self}: its capacity is {Capacity}");
        _kept.AddLast(new Envelope(message, _cell.Sender));
        _cell.StashedCurrentMessage = true;
    }

    public void Unstash()
    {
        if (_kept.First is not { } first) return;
        _kept.RemoveFirst();
        PutBack(first.Value);
    }

    public void UnstashAll() => UnstashAll(static _ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        // Backwards, since each goes before all others.
        for (var node = _kept.Last; node is not null; node = node.Previous)
            if (predicate(node.Value))
                PutBack(node.Value);
        _kept.Clear();
    }

    public IEnumerable<Envelope> ClearStash()
    {
        Envelope[] kept = [.. _kept];
        _kept.Clear();
        return kept;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Reverse())
            if (!_kept.Any(known => ReferenceEquals(known.Message, envelope.Message)))
                _kept.AddFirst(envelope);
    }

    private void PutBack(in Envelope envelope)
    {
        Mailbox.EnqueueFirst(envelope);
        if (envelope.Message is Terminated terminated) _cell.TerminatedQueuedAgain(terminated.ActorRef);
    }
}

/// <summary>A stash on a mailbox without bound.</summary>
public class UnboundedStashImpl(IActorContext context) : AbstractStash(context);

/// <summary>A stash on a bounded mailbox.</summary>
public class BoundedStashImpl(IActorContext context) : AbstractStash(context);
