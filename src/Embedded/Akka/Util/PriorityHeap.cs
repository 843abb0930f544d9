using Akka.Actor;

namespace Akka.Util;

/// <summary>A binary heap of envelopes by the priority of their message, then by an order number. Not for several threads.</summary>
internal sealed class PriorityHeap(int initialCapacity, Func<object, int> priorityOf)
{
    private readonly List<Entry> _entries = new(initialCapacity);

    public int Count => _entries.Count;

    public void Enqueue(Envelope envelope, long order)
    {
        // The priority is asked for once, however often the entry is compared.
        _entries.Add(new Entry(envelope, priorityOf(envelope.Message), order));
        var child = _entries.Count - 1;
        while (child > 0 && Before(child, (child - 1) / 2))
        {
            Swap(child, (child - 1) / 2);
            child = (child - 1) / 2;
        }
    }

    public Envelope Dequeue()
    {
        var first = _entries[0].Envelope;
        var last = _entries.Count - 1;
        _entries[0] = _entries[last];
        _entries.RemoveAt(last);
        var parent = 0;
        while (true)
        {
            var child = (2 * parent) + 1;
            if (child >= last)
            {
                return first;
            }

            if (child + 1 < last && Before(child + 1, child))
            {
                child++;
            }

            if (!Before(child, parent))
            {
                return first;
            }

            Swap(child, parent);
            parent = child;
        }
    }

    public Envelope Peek() => _entries[0].Envelope;

    public bool IsConsistent()
    {
        for (var child = 1; child < _entries.Count; child++)
        {
            if (Before(child, (child - 1) / 2))
            {
                return false;
            }
        }

        return true;
    }

    public override string ToString() => $"[{string.Join(", ", _entries.Select(entry => entry.Envelope.Message))}] count = {Count}";

    private bool Before(int a, int b)
    {
        var (left, right) = (_entries[a], _entries[b]);
        return left.Priority < right.Priority || (left.Priority == right.Priority && left.Order < right.Order);
    }

    private void Swap(int a, int b) => (_entries[a], _entries[b]) = (_entries[b], _entries[a]);

    private readonly record struct Entry(Envelope Envelope, int Priority, long Order);
}
