using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding.Coordination;

/// <summary>Collects the statistics of all regions for one asker, and answers when they are there or when the time is over.</summary>
internal sealed class StatsActor : ReceiveActor, IWithTimers
{
    private readonly ImmutableDictionary<IActorRef, Address> _regions;
    private readonly IActorRef _asker;
    private readonly TimeSpan _timeout;
    private readonly Dictionary<Address, ShardRegionStats> _stats = [];

    public StatsActor(ImmutableDictionary<IActorRef, Address> regions, IActorRef asker, TimeSpan timeout)
    {
        _regions = regions;
        _asker = asker;
        _timeout = timeout;
        Receive<ShardRegionStats>(stats =>
        {
            if (!_regions.TryGetValue(Sender, out var address)) return;
            _stats[address] = stats;
            if (_stats.Count == _regions.Count) Answer();
        });
        Receive<TimeIsOver>(_ => Answer());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        if (_regions.IsEmpty)
        {
            Answer();
            return;
        }

        foreach (var region in _regions.Keys) region.Tell(GetShardRegionStats.Instance);
        Timers.StartSingleTimer(TimeIsOver.Instance, TimeIsOver.Instance, _timeout);
    }

    private void Answer()
    {
        _asker.Tell(new ClusterShardingStats(_stats.ToImmutableDictionary()), Context.Parent);
        Context.Stop(Self);
    }

    private sealed class TimeIsOver
    {
        internal static readonly TimeIsOver Instance = new();
    }
}
