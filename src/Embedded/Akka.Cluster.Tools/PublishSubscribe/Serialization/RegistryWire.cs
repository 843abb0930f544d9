using Akka.Cluster.Serialization;
using Akka.Cluster.Tools.PublishSubscribe.Internal;
using Akka.Remote.Wire;

namespace Akka.Cluster.Tools.PublishSubscribe.Serialization;

/// <summary>Parts of registries in bytes.</summary>
internal static class RegistryWire
{
    private const byte Gone = 0x80;

    internal static void Write(WireWriter writer, BucketDelta bucket)
    {
        GossipWire.Write(writer, bucket.Owner);
        writer.Number(bucket.Since).Number(bucket.Version);
        GossipWire.Many(writer, bucket.Changes, change =>
        {
            var kind = (byte)change.Key.Kind;
            writer.Byte(change.Actor is null ? (byte)(kind | Gone) : kind).Text(change.Key.Name).Number(change.Version);
            if (change.Key.Kind == RegistryKind.Group) writer.Text(change.Key.Group);
            if (change.Key.Kind == RegistryKind.Path && change.Actor is not null) writer.Text(change.Actor);
        });
    }

    internal static List<BucketDelta> ReadBuckets(ref WireReader reader)
    {
        var buckets = new List<BucketDelta>();
        for (var left = Count(ref reader); left > 0; left--)
        {
            var (owner, since, version) = (GossipWire.ReadNode(ref reader), reader.Number(), reader.Number());
            var changes = new List<RegistryChange>();
            for (var more = Count(ref reader); more > 0; more--) changes.Add(ReadChange(ref reader));
            buckets.Add(new BucketDelta(owner, since, version, changes));
        }

        return buckets;
    }

    internal static Dictionary<UniqueAddress, long> ReadVersions(ref WireReader reader)
    {
        var versions = new Dictionary<UniqueAddress, long>();
        for (var left = Count(ref reader); left > 0; left--) versions[GossipWire.ReadNode(ref reader)] = reader.Number();
        return versions;
    }

    private static RegistryChange ReadChange(ref WireReader reader)
    {
        var flags = reader.Byte();
        var kind = (RegistryKind)(flags & ~Gone);
        if (kind > RegistryKind.Group) throw new InvalidDataException($"There is no registry entry of the kind [{(byte)kind}]");
        var (name, version) = (reader.Text(), reader.Number());
        var group = kind == RegistryKind.Group ? reader.Text() : "";
        var actor = (flags & Gone) != 0 ? null : kind == RegistryKind.Path ? reader.Text() : "";
        return new RegistryChange(new RegistryKey(kind, name, group), version, actor);
    }

    private static int Count(ref WireReader reader) => reader.Int32() is var count and >= 0 and < 1_000_000
        ? count
        : throw new InvalidDataException("A count in the gossip is out of bounds");
}
