using System.Text.Json;
using System.Text.Json.Serialization;
using ActorScheduler.Model;

namespace ActorScheduler.Protocol.Serialization;

/// <summary>A single resource object, as a list of one in Mesos's form.</summary>
internal sealed class ResourceConverter : JsonConverter<Resource>
{
    public override Resource Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return ResourceJson.ReadAll(document.RootElement, "resource").TryGet(out Resources? resources, out Problem? problem)
            ? resources.Objects().Single()
            : throw new JsonException(problem.ToString());
    }

    public override void Write(Utf8JsonWriter writer, Resource value, JsonSerializerOptions options) =>
        ResourceJson.WriteAll(writer, Resources.From(value), ReservationFormat.PostRefinement);
}
