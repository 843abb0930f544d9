namespace Akka.Remote.Associations;

/// <summary>
/// The sending half of reliable delivery: system messages for one incarnation of a node, kept in order until it has
/// acknowledged them. Safe for any thread.
/// </summary>
internal sealed class SystemMessageBuffer(int capacity)
{
    private readonly Queue<Outgoing> _waiting = new();
    private long _lastNumbered;

    internal bool IsEmpty
    {
        get
        {
            lock (_waiting) return _waiting.Count == 0;
        }
    }

    /// <summary>Numbers a message and keeps it; false when the buffer is full.</summary>
    internal bool TryAdd(in Outgoing message, out Outgoing numbered)
    {
        lock (_waiting)
        {
            numbered = message with { Sequence = _lastNumbered + 1 };
            if (_waiting.Count >= capacity) return false;
            _lastNumbered++;
            _waiting.Enqueue(numbered);
            return true;
        }
    }

    internal void Acknowledge(long upTo)
    {
        lock (_waiting)
            while (_waiting.TryPeek(out var first) && first.Sequence <= upTo)
                _waiting.Dequeue();
    }

    internal Outgoing[] Unacknowledged()
    {
        lock (_waiting) return [.. _waiting];
    }

    /// <summary>Begins anew for another incarnation; gives what the last one never acknowledged.</summary>
    internal Outgoing[] Reset()
    {
        lock (_waiting)
        {
            Outgoing[] left = [.. _waiting];
            _waiting.Clear();
            _lastNumbered = 0;
            return left;
        }
    }
}
