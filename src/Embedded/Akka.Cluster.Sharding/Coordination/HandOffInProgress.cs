using Akka.Actor;

namespace Akka.Cluster.Sharding.Coordination;

/// <summary>
/// A shard on its way: first all regions have to hold back what is for it, then its region stops its entities.
/// <code>
///   BeginHandOff to all --all acknowledged--> HandOff to the owner --ShardStopped--> allocated anew
/// </code>
/// </summary>
internal sealed class HandOffInProgress(string shard, long number, IActorRef from, IEnumerable<IActorRef> regions)
{
    private readonly HashSet<IActorRef> _waitsFor = [.. regions];
    private readonly long _began = TimeProvider.System.GetTimestamp();

    internal string Shard => shard;

    internal long Number => number;

    /// <summary>The region that has the shard.</summary>
    internal IActorRef From => from;

    internal bool IsStopping { get; private set; }

    internal TimeSpan Age => TimeProvider.System.GetElapsedTime(_began);

    internal void Ask(IActorRef coordinator)
    {
        foreach (var region in _waitsFor) region.Tell(new BeginHandOff(shard, number), coordinator);
        if (IsStopping) from.Tell(new HandOff(shard, number), coordinator);
    }

    /// <summary>Notes that a region holds back, or is gone; after the last of them the owner is told to stop the shard.</summary>
    internal void Acknowledged(IActorRef region, IActorRef coordinator)
    {
        if (IsStopping || !_waitsFor.Remove(region) || _waitsFor.Count > 0) return;
        IsStopping = true;
        from.Tell(new HandOff(shard, number), coordinator);
    }
}
