using System.Collections.Immutable;
using Akka.Actor;
using Akka.Remote.Serialization;
using Akka.Remote.Wire;

namespace Akka.Cluster.Sharding.Serialization;

/// <summary>Texts, references and addresses, many at a time.</summary>
internal static class WireExtensions
{
    internal static void Texts(this WireWriter writer, IReadOnlyCollection<string> texts)
    {
        writer.Number(texts.Count);
        foreach (var text in texts) writer.Text(text);
    }

    internal static ImmutableArray<string> Texts(this ref WireReader reader)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        for (var left = reader.Count(); left > 0; left--) texts.Add(reader.Text());
        return texts.ToImmutable();
    }

    internal static int Count(this ref WireReader reader) => reader.Int32() is var count and >= 0
        ? count
        : throw new InvalidDataException("A count is negative");

    internal static IActorRef Ref(this ref WireReader reader, ExtendedActorSystem system) =>
        MessagePayload.ReadRef(ref reader, system) ?? throw new InvalidDataException("A reference is missing");

    internal static Address Address(this ref WireReader reader)
    {
        var text = reader.Text();
        return Actor.Address.TryParse(text, out Address? address) ? address : throw new InvalidDataException($"[{text}] is no address");
    }
}
