using System.Collections.Immutable;
using Akka.Cluster.Gossiping;

namespace Akka.Cluster.SBR;

/// <summary>What one side of a split knows of it. Pure: the same picture gives the same plan on every node.</summary>
/// <param name="Members">All members, in any status.</param>
/// <param name="Reachability">Who says of whom that it cannot be reached.</param>
/// <param name="Seen">Who has seen the gossip that says so.</param>
internal sealed record SplitPicture(ImmutableSortedSet<Member> Members, Reachability Reachability, ImmutableHashSet<UniqueAddress> Seen)
{
    internal static readonly SplitPicture Empty = new([], Reachability.Empty, []);

    /// <summary>The members that a decision can still concern: who is down or exiting is on its way out already.</summary>
    internal ImmutableHashSet<UniqueAddress> Downable => [.. Members
        .Where(static member => member.Status is MemberStatus.Joining or MemberStatus.WeaklyUp or MemberStatus.Up or MemberStatus.Leaving)
        .Select(static member => member.UniqueAddress)];

    /// <summary>Observations among those members: what others say, and what is said of others, decides nothing any more.</summary>
    internal ImmutableArray<Observation> Observations
    {
        get
        {
            var downable = Downable;
            return [.. Reachability.UnreachableBy.Where(row => downable.Contains(row.Key))
                .SelectMany(row => row.Value.Where(downable.Contains).Select(subject => new Observation(row.Key, subject)))];
        }
    }

    /// <summary>
    /// Nodes at both ends of a bad link that are connected in a roundabout way all the same: who is called unreachable but
    /// says the same of others, or has seen the very gossip that calls it so, is neither dead nor on the other side.
    /// </summary>
    internal ImmutableHashSet<UniqueAddress> IndirectlyConnected(ImmutableArray<Observation> observations)
    {
        var observers = observations.Select(static o => o.Observer).ToHashSet();
        var both = observations.Select(static o => o.Subject).Where(observers.Contains);
        var told = observations.Where(o => Seen.Contains(o.Subject)).SelectMany(static o => new[] { o.Observer, o.Subject });
        return [.. both, .. told];
    }

    internal sealed record Observation(UniqueAddress Observer, UniqueAddress Subject);
}
