using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding.Coordination;
using Akka.Cluster.Sharding.Remembering;
using Akka.Remote.Serialization;
using Akka.Remote.Wire;

namespace Akka.Cluster.Sharding.Serialization;

/// <summary>Events and snapshots of coordinators and of stores of remembered entities in bytes.</summary>
internal static class StateWire
{
    internal static string? Manifest(object message) => message switch
    {
        ShardRegionRegistered => "JR",
        ShardRegionTerminated => "JT",
        ShardRegionProxyRegistered => "JP",
        ShardRegionProxyTerminated => "JQ",
        ShardHomeAllocated => "JA",
        ShardHomeDeallocated => "JD",
        CoordinatorSnapshot => "JS",
        EntitiesStarted => "ES",
        EntitiesStopped => "ET",
        EntitiesSnapshot => "EE",
        _ => null,
    };

    internal static bool Write(WireWriter writer, object message)
    {
        switch (message)
        {
            case ShardRegionRegistered registered:
                WriteNode(writer, registered.Region, registered.NodeUid);
                return true;
            case ShardRegionTerminated terminated:
                MessagePayload.WriteRef(writer, terminated.Region);
                return true;
            case ShardRegionProxyRegistered registered:
                WriteNode(writer, registered.Proxy, registered.NodeUid);
                return true;
            case ShardRegionProxyTerminated terminated:
                MessagePayload.WriteRef(writer, terminated.Proxy);
                return true;
            case ShardHomeAllocated allocated:
                MessagePayload.WriteRef(writer.Text(allocated.Shard), allocated.Region);
                return true;
            case ShardHomeDeallocated deallocated:
                writer.Text(deallocated.Shard);
                return true;
            case CoordinatorSnapshot snapshot:
                WriteSnapshot(writer, snapshot);
                return true;
            case EntitiesStarted started:
                writer.Texts(started.Ids);
                return true;
            case EntitiesStopped stopped:
                writer.Texts(stopped.Ids);
                return true;
            case EntitiesSnapshot snapshot:
                writer.Texts(snapshot.Ids);
                return true;
            default:
                return false;
        }
    }

    internal static object? Read(string manifest, ref WireReader reader, ExtendedActorSystem system) => manifest switch
    {
        "JR" => new ShardRegionRegistered(reader.Ref(system), reader.Int32()),
        "JT" => new ShardRegionTerminated(reader.Ref(system)),
        "JP" => new ShardRegionProxyRegistered(reader.Ref(system), reader.Int32()),
        "JQ" => new ShardRegionProxyTerminated(reader.Ref(system)),
        "JA" => new ShardHomeAllocated(reader.Text(), reader.Ref(system)),
        "JD" => new ShardHomeDeallocated(reader.Text()),
        "JS" => ReadSnapshot(ref reader, system),
        "ES" => new EntitiesStarted(reader.Texts()),
        "ET" => new EntitiesStopped(reader.Texts()),
        "EE" => new EntitiesSnapshot(reader.Texts()),
        _ => null,
    };

    private static void WriteNode(WireWriter writer, IActorRef actor, int nodeUid)
    {
        MessagePayload.WriteRef(writer, actor);
        writer.Number(nodeUid);
    }

    private static void WriteSnapshot(WireWriter writer, CoordinatorSnapshot snapshot)
    {
        writer.Number(snapshot.Regions.Length);
        foreach (var (region, uid, shards) in snapshot.Regions)
        {
            WriteNode(writer, region, uid);
            writer.Texts(shards);
        }

        writer.Number(snapshot.Proxies.Length);
        foreach (var (proxy, uid) in snapshot.Proxies) WriteNode(writer, proxy, uid);
        writer.Texts(snapshot.Unallocated);
    }

    private static CoordinatorSnapshot ReadSnapshot(ref WireReader reader, ExtendedActorSystem system)
    {
        var regions = ImmutableArray.CreateBuilder<(IActorRef, int, ImmutableArray<string>)>();
        for (var left = reader.Count(); left > 0; left--) regions.Add((reader.Ref(system), reader.Int32(), reader.Texts()));
        var proxies = ImmutableArray.CreateBuilder<(IActorRef, int)>();
        for (var left = reader.Count(); left > 0; left--) proxies.Add((reader.Ref(system), reader.Int32()));
        return new CoordinatorSnapshot(regions.ToImmutable(), proxies.ToImmutable(), reader.Texts());
    }
}
