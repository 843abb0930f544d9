using System.Collections.Immutable;
using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Cluster.Sharding.Serialization;

/// <summary>Queries and their answers in bytes.</summary>
internal static class QueryWire
{
    internal static string? Manifest(object message) => message switch
    {
        GetShardRegionStats => "QS",
        ShardRegionStats => "AS",
        GetShardRegionState => "QE",
        CurrentShardRegionState => "AE",
        ShardState => "AH",
        GetCurrentRegions => "QR",
        CurrentRegions => "AR",
        GetClusterShardingStats => "QC",
        ClusterShardingStats => "AC",
        _ => null,
    };

    internal static bool Write(WireWriter writer, object message)
    {
        switch (message)
        {
            case GetShardRegionStats or GetShardRegionState or GetCurrentRegions:
                return true;
            case ShardRegionStats stats:
                WriteStats(writer, stats);
                return true;
            case CurrentShardRegionState state:
                writer.Number(state.Shards.Count);
                foreach (var shard in state.Shards) WriteState(writer, shard);
                writer.Texts([.. state.Failed]);
                return true;
            case ShardState state:
                WriteState(writer, state);
                return true;
            case CurrentRegions regions:
                writer.Texts([.. regions.Regions.Select(address => address.ToString())]);
                return true;
            case GetClusterShardingStats get:
                writer.Number(get.Timeout.Ticks);
                return true;
            case ClusterShardingStats all:
                writer.Number(all.Regions.Count);
                foreach (var (address, stats) in all.Regions) WriteStats(writer.Text(address.ToString()), stats);
                return true;
            default:
                return false;
        }
    }

    internal static object? Read(string manifest, ref WireReader reader)
    {
        switch (manifest)
        {
            case "QS":
                return GetShardRegionStats.Instance;
            case "AS":
                return ReadStats(ref reader);
            case "QE":
                return GetShardRegionState.Instance;
            case "AE":
                var shards = ImmutableHashSet.CreateBuilder<ShardState>();
                for (var left = reader.Count(); left > 0; left--) shards.Add(ReadState(ref reader));
                return new CurrentShardRegionState(shards.ToImmutable(), reader.Texts().ToImmutableHashSet());
            case "AH":
                return ReadState(ref reader);
            case "QR":
                return GetCurrentRegions.Instance;
            case "AR":
                var addresses = ImmutableHashSet.CreateBuilder<Address>();
                for (var left = reader.Count(); left > 0; left--) addresses.Add(reader.Address());
                return new CurrentRegions(addresses.ToImmutable());
            case "QC":
                return new GetClusterShardingStats(new TimeSpan(reader.Number()));
            case "AC":
                var regions = ImmutableDictionary.CreateBuilder<Address, ShardRegionStats>();
                for (var left = reader.Count(); left > 0; left--) regions[reader.Address()] = ReadStats(ref reader);
                return new ClusterShardingStats(regions.ToImmutable());
            default:
                return null;
        }
    }

    private static void WriteStats(WireWriter writer, ShardRegionStats stats)
    {
        writer.Number(stats.Stats.Count);
        foreach (var (shard, count) in stats.Stats) writer.Text(shard).Number(count);
        writer.Texts([.. stats.Failed]);
    }

    private static ShardRegionStats ReadStats(ref WireReader reader)
    {
        var stats = ImmutableDictionary.CreateBuilder<string, int>();
        for (var left = reader.Count(); left > 0; left--) stats[reader.Text()] = reader.Int32();
        return new ShardRegionStats(stats.ToImmutable(), reader.Texts().ToImmutableHashSet());
    }

    private static void WriteState(WireWriter writer, ShardState state) => writer.Text(state.ShardId).Texts([.. state.EntityIds]);

    private static ShardState ReadState(ref WireReader reader) => new(reader.Text(), reader.Texts().ToImmutableHashSet());
}
