using System.Collections.Immutable;

namespace Akka.Cluster.SBR;

/// <summary>What a side of a split does.</summary>
internal enum DowningDecision
{
    /// <summary>It goes on; the others are declared to be down.</summary>
    DownUnreachable,

    /// <summary>It goes down itself; the others go on.</summary>
    DownReachable,

    /// <summary>Nobody goes on.</summary>
    DownAll,

    /// <summary>It goes on without the nodes at both ends of a bad link.</summary>
    DownIndirectlyConnected,

    /// <summary>It goes down itself, as do the nodes at both ends of a bad link.</summary>
    ReverseDownIndirectlyConnected,
}

/// <summary>A decision and the nodes that it brings down.</summary>
internal sealed record DowningPlan(DowningDecision Decision, ImmutableHashSet<UniqueAddress> ToDown, ImmutableHashSet<UniqueAddress> IndirectlyConnected)
{
    /// <summary>
    /// Each side decides by the same rule on the same membership, so that at most one goes on. Fully connected nodes are
    /// kept; those that are only indirectly connected go down, and the rule decides on the rest as if they were reachable.
    /// </summary>
    internal static DowningPlan Of(SplitBrainResolverSettings settings, SplitPicture picture)
    {
        var observations = picture.Observations;
        var indirect = picture.IndirectlyConnected(observations);
        if (indirect.IsEmpty) return Of(DowningStrategies.Decide(settings, picture.Members, Subjects(observations)), picture, Subjects(observations), []);

        // What they say of each other tells nothing of a split.
        ImmutableArray<SplitPicture.Observation> left = [.. observations.Where(o => !(indirect.Contains(o.Observer) && indirect.Contains(o.Subject)))];
        if (!picture.IndirectlyConnected(left).IsEmpty) return Of(DowningDecision.DownAll, picture, [], indirect);
        if (left.IsEmpty && settings.DowningStrategy != SplitBrainResolverSettings.DownAllName)
            return new DowningPlan(DowningDecision.DownIndirectlyConnected, indirect, indirect);
        return DowningStrategies.Decide(settings, picture.Members, Subjects(left)) switch
        {
            DowningDecision.DownUnreachable => Of(DowningDecision.DownIndirectlyConnected, picture, Subjects(left), indirect),
            DowningDecision.DownReachable => Of(DowningDecision.ReverseDownIndirectlyConnected, picture, Subjects(left), indirect),
            _ => Of(DowningDecision.DownAll, picture, [], indirect),
        };
    }

    /// <summary>Everybody, when nothing else can be relied on.</summary>
    internal static DowningPlan All(SplitPicture picture) => Of(DowningDecision.DownAll, picture, [], []);

    private static DowningPlan Of(
        DowningDecision decision, SplitPicture picture, ImmutableHashSet<UniqueAddress> unreachable, ImmutableHashSet<UniqueAddress> indirect) => new(
        decision,
        decision switch
        {
            DowningDecision.DownAll => picture.Downable,
            DowningDecision.DownReachable or DowningDecision.ReverseDownIndirectlyConnected => picture.Downable.Except(unreachable).Union(indirect),
            _ => unreachable.Union(indirect),
        },
        indirect);

    private static ImmutableHashSet<UniqueAddress> Subjects(ImmutableArray<SplitPicture.Observation> observations) =>
        [.. observations.Select(static o => o.Subject)];
}
