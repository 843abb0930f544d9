using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Gossiping;

/// <summary>
/// The membership as one node knows it: members, who has seen this version, who cannot reach whom, and incarnations
/// that are gone for good. Immutable; merging two gives the same result everywhere.
/// </summary>
internal sealed record Gossip(
    ImmutableSortedSet<Member> Members,
    ImmutableHashSet<UniqueAddress> Seen,
    Reachability Reachability,
    VersionVector Version,
    ImmutableDictionary<UniqueAddress, long> Tombstones)
{
    internal static readonly Gossip Empty = new(
        [], [], Reachability.Empty, VersionVector.Empty, ImmutableDictionary<UniqueAddress, long>.Empty);

    private static readonly MemberStatus[] LeaderOrder =
        [MemberStatus.Up, MemberStatus.Leaving, MemberStatus.WeaklyUp, MemberStatus.Joining, MemberStatus.Exiting, MemberStatus.Down, MemberStatus.Removed];

    internal Member? Find(UniqueAddress node) => Members.TryGetValue(Member.Named(node), out var member) && member.UniqueAddress == node ? member : null;

    internal bool Has(UniqueAddress node) => Members.Contains(Member.Named(node));

    /// <summary>A new version by this node, which nobody else has seen.</summary>
    internal Gossip Changed(UniqueAddress self) => this with { Version = Version.Increment(self), Seen = [self] };

    internal Gossip SeenBy(UniqueAddress node) => Seen.Contains(node) ? this : this with { Seen = Seen.Add(node) };

    internal Gossip MergeSeen(Gossip other) => this with { Seen = Seen.Union(other.Seen) };

    internal Gossip With(Member member) => this with { Members = Members.Remove(member).Add(member) };

    /// <summary>Removes an incarnation for good; a late gossip that still has it does not bring it back.</summary>
    internal Gossip Remove(IReadOnlyCollection<UniqueAddress> nodes, long now)
    {
        var gone = nodes.ToHashSet();
        return this with
        {
            Members = [.. Members.Where(member => !gone.Contains(member.UniqueAddress))],
            Seen = Seen.Except(gone),
            Reachability = Reachability.Without(gone),
            Version = gone.Aggregate(Version, static (version, node) => version.Without(node)),
            Tombstones = Tombstones.SetItems(gone.Select(node => KeyValuePair.Create(node, now))),
        };
    }

    internal Gossip ForgetTombstones(long before) => this with
    {
        Tombstones = Tombstones.RemoveRange(Tombstones.Where(tombstone => tombstone.Value < before).Select(tombstone => tombstone.Key)),
    };

    internal Gossip Merge(Gossip other)
    {
        var tombstones = Tombstones.SetItems(other.Tombstones);
        var members = Members.Concat(other.Members)
            .Where(member => !tombstones.ContainsKey(member.UniqueAddress))
            .GroupBy(member => member.UniqueAddress)
            .Select(views => views.Aggregate(Member.HighestPriorityOf))
            .ToImmutableSortedSet();
        var version = tombstones.Keys.Aggregate(Version.Merge(other.Version), static (merged, node) => merged.Without(node));
        var reachability = Reachability.Merge([.. members.Select(member => member.UniqueAddress)], other.Reachability);
        return new Gossip(members, [], reachability, version, tombstones);
    }

    /// <summary>What nodes say of each other that have a say: whoever is down has none.</summary>
    internal Reachability ReachabilityThatCounts => Reachability.IsAllReachable ? Reachability
        : Reachability.WithoutObservers(Members.Where(static member => member.Status == MemberStatus.Down).Select(static member => member.UniqueAddress));

    /// <summary>Whether all who matter have seen this version, so that its leader may act.</summary>
    internal bool HasConverged(UniqueAddress self, IReadOnlySet<UniqueAddress> confirmedExits)
    {
        var unreachable = ReachabilityThatCounts.AllUnreachable.Where(node => node != self && !confirmedExits.Contains(node));
        return unreachable.All(node => Find(node) is null or { Status: MemberStatus.Down or MemberStatus.Exiting })
            && !Members.Any(member => member.Converges && !Seen.Contains(member.UniqueAddress) && !confirmedExits.Contains(member.UniqueAddress));
    }

    /// <summary>Who acts for the cluster: the first by address of those that are up and reachable.</summary>
    internal UniqueAddress? Leader(UniqueAddress self, string? role = null)
    {
        var reachability = ReachabilityThatCounts;
        Member? best = null;
        // In the order of addresses: the first that is up or leaving, else the first of the best other status.
        foreach (var member in Members)
        {
            if ((role is not null && !member.HasRole(role)) || member.Status == MemberStatus.Down
                || (member.UniqueAddress != self && !reachability.IsReachable(member.UniqueAddress))) continue;
            if (member.Converges) return member.UniqueAddress;
            if (best is null || Array.IndexOf(LeaderOrder, member.Status) < Array.IndexOf(LeaderOrder, best.Status)) best = member;
        }

        return best?.UniqueAddress;
    }

    internal Address? RoleLeader(UniqueAddress self, string role) => Leader(self, role)?.Address;
}
