using Akka.Actor;

namespace Akka.Util;

/// <summary>
/// A binary heap of messages: the one with the smallest priority number comes out first, and of those with the same priority
/// the one that went in first.
/// </summary>
public sealed class StableListPriorityQueue
{
    private readonly PriorityHeap _heap;
    private long _order;

    /// <summary>An empty queue; <paramref name="priorityCalculator" /> gives the priority of a message.</summary>
    public StableListPriorityQueue(int initialCapacity, Func<object, int> priorityCalculator)
    {
        _heap = new PriorityHeap(initialCapacity, priorityCalculator);
    }

    /// <summary>Adds a message.</summary>
    public void Enqueue(Envelope item) => _heap.Enqueue(item, _order++);

    /// <summary>Takes the first message.</summary>
    public Envelope Dequeue() => _heap.Dequeue();

    /// <summary>The first message, which stays.</summary>
    public Envelope Peek() => _heap.Peek();

    /// <summary>How many messages there are.</summary>
    public int Count() => _heap.Count;

    /// <summary>Whether the heap is in order; for tests.</summary>
    public bool IsConsistent() => _heap.IsConsistent();

    /// <inheritdoc />
    public override string ToString() => _heap.ToString();
}
