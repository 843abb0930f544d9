using System.Collections.Immutable;

namespace Akka.Cluster.Gossiping;

/// <summary>Who cannot reach whom, as each observer says for itself; of two views of an observer the later one counts.</summary>
internal sealed class Reachability
{
    internal static readonly Reachability Empty = new(
        ImmutableDictionary<UniqueAddress, ImmutableHashSet<UniqueAddress>>.Empty, ImmutableDictionary<UniqueAddress, long>.Empty);

    internal Reachability(
        ImmutableDictionary<UniqueAddress, ImmutableHashSet<UniqueAddress>> unreachable, ImmutableDictionary<UniqueAddress, long> versions)
    {
        UnreachableBy = unreachable;
        Versions = versions;
    }

    /// <summary>The nodes that each observer cannot reach.</summary>
    internal ImmutableDictionary<UniqueAddress, ImmutableHashSet<UniqueAddress>> UnreachableBy { get; }

    /// <summary>How often each observer changed its mind.</summary>
    internal ImmutableDictionary<UniqueAddress, long> Versions { get; }

    internal bool IsAllReachable => UnreachableBy.IsEmpty;

    internal ImmutableHashSet<UniqueAddress> AllUnreachable => [.. UnreachableBy.Values.SelectMany(static subjects => subjects)];

    internal Reachability Unreachable(UniqueAddress observer, UniqueAddress subject) =>
        SeenBy(observer).Contains(subject) ? this : Changed(observer, SeenBy(observer).Add(subject));

    internal Reachability Reachable(UniqueAddress observer, UniqueAddress subject) =>
        SeenBy(observer).Contains(subject) ? Changed(observer, SeenBy(observer).Remove(subject)) : this;

    internal bool IsReachable(UniqueAddress observer, UniqueAddress subject) => !SeenBy(observer).Contains(subject);

    internal bool IsReachable(UniqueAddress subject) => !UnreachableBy.Values.Any(subjects => subjects.Contains(subject));

    /// <summary>Forgets nodes on both sides.</summary>
    internal Reachability Without(IEnumerable<UniqueAddress> nodes)
    {
        var gone = nodes.ToHashSet();
        if (gone.Count == 0) return this;
        var left = UnreachableBy.RemoveRange(gone)
            .Select(row => KeyValuePair.Create(row.Key, row.Value.Except(gone)))
            .Where(row => !row.Value.IsEmpty)
            .ToImmutableDictionary();
        return new Reachability(left, Versions.RemoveRange(gone));
    }

    /// <summary>What observers say that are not among these.</summary>
    internal Reachability WithoutObservers(IEnumerable<UniqueAddress> observers) => new(UnreachableBy.RemoveRange(observers), Versions);

    internal Reachability Merge(ImmutableHashSet<UniqueAddress> allowed, Reachability other)
    {
        var (rows, versions) = (UnreachableBy.ToBuilder(), Versions.ToBuilder());
        foreach (var (observer, version) in other.Versions)
        {
            if (versions.GetValueOrDefault(observer) >= version) continue;
            versions[observer] = version;
            if (other.UnreachableBy.TryGetValue(observer, out var subjects)) rows[observer] = subjects;
            else rows.Remove(observer);
        }

        return new Reachability(rows.ToImmutable(), versions.ToImmutable())
            .Without(versions.Keys.Concat(rows.Values.SelectMany(s => s)).Where(node => !allowed.Contains(node)).ToArray());
    }

    private ImmutableHashSet<UniqueAddress> SeenBy(UniqueAddress observer) => UnreachableBy.GetValueOrDefault(observer, []);

    private Reachability Changed(UniqueAddress observer, ImmutableHashSet<UniqueAddress> subjects) => new(
        subjects.IsEmpty ? UnreachableBy.Remove(observer) : UnreachableBy.SetItem(observer, subjects),
        Versions.SetItem(observer, Versions.GetValueOrDefault(observer) + 1));
}
