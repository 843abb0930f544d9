using Akka.Actor;
using Akka.Dispatch;

namespace Akka.Persistence;

/// <summary>
/// The stash that the code of a persistent actor sees. What it unstashes waits in front of the commands that the actor
/// itself holds back, since it is older than they are.
/// </summary>
internal sealed class StashOfUser(ActorCell cell, InternalStash heldBack, int capacity) : IStash
{
    private readonly LinkedList<Envelope> _kept = new();

    /// <summary>Set when the instance is let go: from then on messages go straight to the mailbox.</summary>
    internal bool LetGo { get; set; }

    public int Count => _kept.Count;

    public bool IsEmpty => _kept.Count == 0;

    public bool NonEmpty => _kept.Count > 0;

    public bool IsFull => capacity >= 0 && _kept.Count >= capacity;

    public int Capacity => capacity;

    public void Stash()
    {
        var message = cell.CurrentMessage
            ?? throw new IllegalActorStateException("There is no message to stash outside of its handling");
        if (cell.StashedCurrentMessage)
            throw new IllegalActorStateException($"Can't stash the same message {message} more than once");
        if (IsFull)
            throw new StashOverflowException($"Couldn't enqueue message {message} from {cell.Sender} to stash of {cell.Self}: its capacity is {capacity}");
        _kept.AddLast(new Envelope(message, cell.Sender));
        cell.StashedCurrentMessage = true;
    }

    public void Unstash()
    {
        if (_kept.First is not { } first) return;
        _kept.RemoveFirst();
        PutBack([first.Value]);
    }

    public void UnstashAll() => PutBack(ClearStash());

    public void UnstashAll(Func<Envelope, bool> predicate) => PutBack([.. ClearStash().Where(predicate)]);

    public IEnumerable<Envelope> ClearStash()
    {
        Envelope[] kept = [.. _kept];
        _kept.Clear();
        return kept;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Reverse()) _kept.AddFirst(envelope);
    }

    private void PutBack(IEnumerable<Envelope> envelopes)
    {
        if (LetGo)
        {
            var mailbox = (IDequeBasedMessageQueueSemantics)cell.Mailbox.MessageQueue;
            foreach (var envelope in envelopes.Reverse()) mailbox.EnqueueFirst(envelope);
        }
        else
        {
            heldBack.Prepend(envelopes);
        }
    }
}
