namespace Akka.Cluster.Daemon;

/// <summary>Who sends heartbeats to whom: each node to the next ones on a ring, so that each is heard of by as many.</summary>
internal static class HeartbeatRing
{
    /// <summary>The nodes that <paramref name="self"/> looks after.</summary>
    internal static IReadOnlyList<UniqueAddress> MonitoredBy(UniqueAddress self, IEnumerable<UniqueAddress> nodes, int most)
    {
        // By a hash, so that neighbours on the ring are seldom neighbours in the rack.
        var ring = nodes.Append(self).Distinct().OrderBy(Place).ThenBy(static node => node).ToList();
        var start = ring.IndexOf(self);
        return [.. Enumerable.Range(1, Math.Min(most, ring.Count - 1)).Select(step => ring[(start + step) % ring.Count])];
    }

    private static int Place(UniqueAddress node) => Util.MurmurHash.StringHash(node.Address.ToString() + node.Uid);
}
