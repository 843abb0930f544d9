using System.Runtime.CompilerServices;
using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>
/// Linked queue of envelopes for many producers and one consumer. A producer swaps itself in as the tail and then links
/// its predecessor to itself (Vyukov's intrusive MPSC queue, here without a stub node, so that an empty queue is two
/// null references and an idle actor costs nothing for it).
/// </summary>
/// <remarks>
/// Invariants: <c>_tail</c> is null exactly when the queue is empty. Only the producer that found the tail null writes
/// <c>_head</c>; at any other time it belongs to the consumer.
/// </remarks>
internal struct EnvelopeQueue
{
    private Node? _head;
    private Node? _tail;

    internal readonly bool HasMessages => Volatile.Read(in _tail) is not null;

    /// <summary>Number of messages; exact only while nobody sends.</summary>
    internal readonly int Count
    {
        get
        {
            var count = 0;
            for (var node = Volatile.Read(in _head); node is not null; node = Volatile.Read(ref node.Next)) count++;
            return count == 0 && HasMessages ? 1 : count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Enqueue(in Envelope envelope)
    {
        var node = new Node(envelope);
        var previous = Interlocked.Exchange(ref _tail, node);
        if (previous is null) Volatile.Write(ref _head, node);
        else Volatile.Write(ref previous.Next, node);
    }

    internal bool TryDequeue(out Envelope envelope)
    {
        var node = Volatile.Read(ref _head);
        if (node is null)
        {
            // A producer may stand between its two steps: then the message is not here yet, but HasMessages says it
            // is coming and the mailbox looks again.
            envelope = default;
            return false;
        }

        envelope = node.Envelope;
        var next = Volatile.Read(ref node.Next);
        if (next is null) next = UnlinkLast(node);
        if (next is not null)
        {
            // Cut off, so that a dead node of an old generation keeps no younger ones alive.
            node.Next = null;
            Volatile.Write(ref _head, next);
        }

        return true;
    }

    /// <summary>Empties the queue, or waits out the producer that is just linking itself behind the last node.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Node? UnlinkLast(Node last)
    {
        // The head must be cleared before the tail: as soon as the tail is null a producer may write the head.
        Volatile.Write(ref _head, null);
        if (Interlocked.CompareExchange(ref _tail, null, last) == last) return null;

        var spin = default(SpinWait);
        Node? next;
        while ((next = Volatile.Read(ref last.Next)) is null) spin.SpinOnce(sleep1Threshold: -1);
        return next;
    }

    private sealed class Node(in Envelope envelope)
    {
        internal readonly Envelope Envelope = envelope;
        internal Node? Next;
    }
}
