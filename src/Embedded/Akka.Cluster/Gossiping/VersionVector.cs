using System.Collections.Immutable;

namespace Akka.Cluster.Gossiping;

/// <summary>How two versions relate.</summary>
internal enum VersionOrder
{
    Same,
    Before,
    After,
    Concurrent,
}

/// <summary>A vector clock over incarnations of nodes: tells whether one gossip has seen all that another has.</summary>
internal sealed class VersionVector
{
    internal static readonly VersionVector Empty = new(ImmutableSortedDictionary<UniqueAddress, long>.Empty);

    internal VersionVector(ImmutableSortedDictionary<UniqueAddress, long> counts) => Counts = counts;

    internal ImmutableSortedDictionary<UniqueAddress, long> Counts { get; }

    internal VersionVector Increment(UniqueAddress node) => new(Counts.SetItem(node, Counts.GetValueOrDefault(node) + 1));

    internal VersionVector Without(UniqueAddress node) => new(Counts.Remove(node));

    internal VersionVector Merge(VersionVector other)
    {
        var merged = Counts.ToBuilder();
        foreach (var (node, count) in other.Counts)
            if (!merged.TryGetValue(node, out var mine) || mine < count)
                merged[node] = count;
        return new VersionVector(merged.ToImmutable());
    }

    internal VersionOrder CompareTo(VersionVector other)
    {
        var (less, more) = (false, false);
        foreach (var node in Counts.Keys.Concat(other.Counts.Keys))
        {
            var (mine, others) = (Counts.GetValueOrDefault(node), other.Counts.GetValueOrDefault(node));
            less |= mine < others;
            more |= mine > others;
        }

        return (less, more) switch
        {
            (false, false) => VersionOrder.Same,
            (true, false) => VersionOrder.Before,
            (false, true) => VersionOrder.After,
            _ => VersionOrder.Concurrent,
        };
    }
}
