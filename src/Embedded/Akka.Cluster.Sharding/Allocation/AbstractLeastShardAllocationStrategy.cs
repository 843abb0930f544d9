using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>Allocates to the region that has the fewest shards, of those whose node is there to stay.</summary>
public abstract class AbstractLeastShardAllocationStrategy : IActorSystemDependentAllocationStrategy
{
    private static readonly Task<IImmutableSet<string>> Nothing = Task.FromResult<IImmutableSet<string>>(ImmutableHashSet<string>.Empty);

    private Cluster? _cluster;

    protected virtual ClusterEvent.CurrentClusterState ClusterState => Started.State;

    protected virtual Member SelfMember => Started.SelfMember;

    private Cluster Started => _cluster ?? throw new InvalidOperationException("The strategy is not started");

    private protected static Task<IImmutableSet<string>> NoRebalance => Nothing;

    public virtual void Start(ActorSystem system) => _cluster = Cluster.Get(system);

    public virtual Task<IActorRef> AllocateShard(
        IActorRef requester, string shardId, IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations) =>
        Task.FromResult(MostSuitableRegion(RegionEntriesFor(currentShardAllocations)).Item1);

    public abstract Task<IImmutableSet<string>> Rebalance(
        IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations, IImmutableSet<string> rebalanceInProgress);

    /// <summary>Not while nodes come, nor while there are several versions of the application: shards would move twice.</summary>
    protected bool IsAGoodTimeToRebalance(IEnumerable<RegionEntry> regionEntries) =>
        regionEntries.Select(region => region.Member.AppVersion).Distinct().Count() <= 1
        && ClusterState.Members.All(member => member.Status is not (MemberStatus.Joining or MemberStatus.WeaklyUp));

    /// <summary>A node that does not leave comes before one that does, a newer version before an older, then fewer shards.</summary>
    protected (IActorRef, IImmutableList<string>) MostSuitableRegion(IEnumerable<RegionEntry> regionEntries)
    {
        var best = regionEntries
            .OrderBy(region => region.Member.Status is MemberStatus.Leaving or MemberStatus.Exiting or MemberStatus.Down or MemberStatus.Removed ? 1 : 0)
            .ThenByDescending(region => region.Member.AppVersion)
            .ThenBy(region => region.ShardIds.Count)
            .First();
        return (best.Region, best.ShardIds);
    }

    /// <summary>The regions whose node is a member.</summary>
    protected ImmutableList<RegionEntry> RegionEntriesFor(IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations)
    {
        var members = ClusterState.Members.ToDictionary(member => member.Address);
        var entries = ImmutableList.CreateBuilder<RegionEntry>();
        foreach (var (region, shards) in currentShardAllocations)
        {
            var address = region.Path.Address;
            var member = address.HasLocalScope ? SelfMember : members.GetValueOrDefault(address);
            if (member is not null) entries.Add(new RegionEntry(region, member, shards));
        }

        return entries.ToImmutable();
    }

    /// <summary>A region with its node and its shards.</summary>
    public sealed class RegionEntry(IActorRef region, Member member, IImmutableList<string> shardIds)
    {
        public IActorRef Region { get; } = region;

        public Member Member { get; } = member;

        public IImmutableList<string> ShardIds { get; } = shardIds;
    }
}
