namespace ActorScheduler.Allocation.Sharing;

/// <summary>
/// Siblings in ascending order of share. A sorted array: a change of one moves it by a binary search and a block move (some
/// hundred nanoseconds for a thousand siblings), and walking in order, which is what allocation does most, is free. When the
/// cluster's totals change, all shares do; they are computed anew when the order is next walked, once for any number of changes.
/// </summary>
internal sealed class ShareOrder(ClusterTotals totals)
{
    private ShareNode[] _nodes = [];
    private int _version;

    public int Count { get; private set; }

    public ShareNode this[int index] => _nodes[index];

    public void Insert(ShareNode node)
    {
        node.Share = totals.DominantShare(node.Allocated) / node.Weight;
        if (Count == _nodes.Length)
            Array.Resize(ref _nodes, Math.Max(4, Count * 2));
        int at = Search(node, 0, Count);
        Array.Copy(_nodes, at, _nodes, at + 1, Count - at);
        _nodes[at] = node;
        Count++;
        node.Order = this;
    }

    public void Remove(ShareNode node)
    {
        int at = Search(node, 0, Count);
        Array.Copy(_nodes, at + 1, _nodes, at, Count - at - 1);
        _nodes[--Count] = null!;
        node.Order = null;
    }

    /// <summary>Finds the new place of a node after its allocation, its count or its weight has changed.</summary>
    public void Update(ShareNode node, long allocations)
    {
        int from = Search(node, 0, Count);
        node.Share = totals.DominantShare(node.Allocated) / node.Weight;
        node.Allocations = allocations;
        bool earlier = from > 0 && ShareNode.Compare(node, _nodes[from - 1]) < 0;
        if (earlier)
        {
            int to = Search(node, 0, from);
            Array.Copy(_nodes, to, _nodes, to + 1, from - to);
            _nodes[to] = node;
        }
        else if (from + 1 < Count && ShareNode.Compare(node, _nodes[from + 1]) > 0)
        {
            int to = Search(node, from + 1, Count);
            Array.Copy(_nodes, from + 1, _nodes, from, to - from - 1);
            _nodes[to - 1] = node;
        }
    }

    /// <summary>Brings all shares up to the present totals. Nothing to do in most calls.</summary>
    public void Refresh()
    {
        if (_version == totals.Version)
            return;
        _version = totals.Version;
        int moves = 0;
        int allowance = Count * 16;
        for (int i = 0; i < Count; i++)
            _nodes[i].Share = totals.DominantShare(_nodes[i].Allocated) / _nodes[i].Weight;
        // One change of totals hardly changes the order: insertion sort then takes one pass. When much has changed it gives up.
        for (int i = 1; i < Count; i++)
        {
            ShareNode node = _nodes[i];
            int j = i;
            while (j > 0 && ShareNode.Compare(node, _nodes[j - 1]) < 0)
            {
                _nodes[j] = _nodes[j - 1];
                j--;
                moves++;
            }
            _nodes[j] = node;
            if (moves > allowance)
            {
                Array.Sort(_nodes, 0, Count, Comparer<ShareNode>.Create(ShareNode.Compare));
                return;
            }
        }
    }

    /// <summary>Index of the node by its present key, or where it would stand.</summary>
    private int Search(ShareNode node, int low, int high)
    {
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (ShareNode.Compare(_nodes[middle], node) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
