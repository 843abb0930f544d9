using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Gossiping;
using Akka.Remote.Wire;
using Akka.Util;

namespace Akka.Cluster.Serialization;

/// <summary>A gossip in bytes: nodes once, then everything else by their numbers.</summary>
internal static class GossipWire
{
    // The same few come in every gossip.
    private static readonly Known<Address> Addresses = new();
    private static readonly Known<AppVersion> Versions = new();

    internal static void Write(WireWriter writer, UniqueAddress node) => writer.Text(node.Address.ToString()).Number(node.Uid);

    internal static UniqueAddress ReadNode(ref WireReader reader) => new(ReadAddress(ref reader), reader.Int32());

    internal static Address ReadAddress(ref WireReader reader)
    {
        var text = reader.Text();
        return Addresses.Get(text, static text => Address.TryParse(text, out Address? address) ? address : throw new InvalidDataException($"[{text}] is no address"));
    }

    internal static void Write(WireWriter writer, Gossip gossip)
    {
        var nodes = gossip.Members.Select(member => member.UniqueAddress)
            .Concat(gossip.Version.Counts.Keys).Concat(gossip.Tombstones.Keys).Concat(gossip.Reachability.Versions.Keys).Distinct().ToList();
        var numbers = nodes.Select((node, index) => (node, index)).ToDictionary(pair => pair.node, pair => pair.index);
        Many(writer, nodes, node => Write(writer, node));
        Many(writer, gossip.Members, member =>
        {
            writer.Number(numbers[member.UniqueAddress]).Number(member.UpNumber).Byte((byte)member.Status).Text(member.AppVersion.Version);
            Many(writer, member.Roles, role => writer.Text(role));
        });
        Many(writer, gossip.Seen.Where(numbers.ContainsKey).ToList(), node => writer.Number(numbers[node]));
        Many(writer, gossip.Version.Counts, count => writer.Number(numbers[count.Key]).Number(count.Value));
        Many(writer, gossip.Tombstones, tombstone => writer.Number(numbers[tombstone.Key]).Number(tombstone.Value));
        Many(writer, gossip.Reachability.Versions, version =>
        {
            writer.Number(numbers[version.Key]).Number(version.Value);
            var subjects = gossip.Reachability.UnreachableBy.GetValueOrDefault(version.Key, []);
            Many(writer, subjects.Where(numbers.ContainsKey).ToList(), subject => writer.Number(numbers[subject]));
        });
    }

    internal static Gossip Read(ref WireReader reader)
    {
        var nodes = new UniqueAddress[Count(ref reader)];
        for (var i = 0; i < nodes.Length; i++) nodes[i] = ReadNode(ref reader);
        var members = ImmutableSortedSet.CreateBuilder<Member>();
        for (var left = Count(ref reader); left > 0; left--) members.Add(ReadMember(ref reader, nodes));
        var seen = ReadNodes(ref reader, nodes);
        var counts = ImmutableSortedDictionary.CreateBuilder<UniqueAddress, long>();
        for (var left = Count(ref reader); left > 0; left--) counts[Node(ref reader, nodes)] = reader.Number();
        var tombstones = ImmutableDictionary.CreateBuilder<UniqueAddress, long>();
        for (var left = Count(ref reader); left > 0; left--) tombstones[Node(ref reader, nodes)] = reader.Number();
        var (rows, versions) = (ImmutableDictionary.CreateBuilder<UniqueAddress, ImmutableHashSet<UniqueAddress>>(), ImmutableDictionary.CreateBuilder<UniqueAddress, long>());
        for (var left = Count(ref reader); left > 0; left--)
        {
            var observer = Node(ref reader, nodes);
            versions[observer] = reader.Number();
            var subjects = ReadNodes(ref reader, nodes);
            if (!subjects.IsEmpty) rows[observer] = subjects;
        }

        return new Gossip(members.ToImmutable(), seen, new Reachability(rows.ToImmutable(), versions.ToImmutable()), new VersionVector(counts.ToImmutable()), tombstones.ToImmutable());
    }

    internal static void Write(WireWriter writer, VersionVector version)
    {
        Many(writer, version.Counts, count =>
        {
            Write(writer, count.Key);
            writer.Number(count.Value);
        });
    }

    internal static VersionVector ReadVersion(ref WireReader reader)
    {
        var counts = ImmutableSortedDictionary.CreateBuilder<UniqueAddress, long>();
        for (var left = Count(ref reader); left > 0; left--) counts[ReadNode(ref reader)] = reader.Number();
        return new VersionVector(counts.ToImmutable());
    }

    internal static ImmutableHashSet<UniqueAddress> ReadSeen(ref WireReader reader)
    {
        var seen = ImmutableHashSet.CreateBuilder<UniqueAddress>();
        for (var left = Count(ref reader); left > 0; left--) seen.Add(ReadNode(ref reader));
        return seen.ToImmutable();
    }

    internal static void Many<T>(WireWriter writer, IReadOnlyCollection<T> all, Action<T> write)
    {
        writer.Number(all.Count);
        foreach (var each in all) write(each);
    }

    internal static ImmutableHashSet<string> ReadTexts(ref WireReader reader)
    {
        var texts = ImmutableHashSet.CreateBuilder<string>();
        for (var left = Count(ref reader); left > 0; left--) texts.Add(reader.Text());
        return texts.ToImmutable();
    }

    private static int Count(ref WireReader reader) => reader.Int32() is var count and >= 0 and < 1_000_000
        ? count
        : throw new InvalidDataException("A count in the gossip is out of bounds");

    private static Member ReadMember(ref WireReader reader, UniqueAddress[] nodes)
    {
        var (node, upNumber, status, version) = (Node(ref reader, nodes), reader.Int32(), (MemberStatus)reader.Byte(), Versions.Get(reader.Text(), AppVersion.Create));
        return new Member(node, upNumber, status, ReadTexts(ref reader), version);
    }

    private static ImmutableHashSet<UniqueAddress> ReadNodes(ref WireReader reader, UniqueAddress[] nodes)
    {
        var found = ImmutableHashSet.CreateBuilder<UniqueAddress>();
        for (var left = Count(ref reader); left > 0; left--) found.Add(Node(ref reader, nodes));
        return found.ToImmutable();
    }

    private static UniqueAddress Node(ref WireReader reader, UniqueAddress[] nodes) => reader.Int32() is var number && number >= 0 && number < nodes.Length
        ? nodes[number]
        : throw new InvalidDataException("A node of the gossip has no number");
}
