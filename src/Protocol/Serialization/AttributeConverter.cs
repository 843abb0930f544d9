using System.Text.Json;
using System.Text.Json.Serialization;
using ActorScheduler.Model;

namespace ActorScheduler.Protocol.Serialization;

/// <summary>An attribute: name, kind and value, since a text may look like a number.</summary>
internal sealed class AttributeConverter : JsonConverter<AgentAttribute>
{
    public override AgentAttribute Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        JsonElement json = document.RootElement;
        string name = json[0].GetString() ?? "";
        return json[1].GetString() switch
        {
            "scalar" => AgentAttribute.OfScalar(name, json[2].GetInt64()),
            "ranges" => ValueRanges.Parse(json[2].GetString() ?? "", name) is { IsOk: true } ranges
                ? AgentAttribute.OfRanges(name, ranges.Value)
                : throw new JsonException($"attribute {name}: not readable"),
            _ => AgentAttribute.OfText(name, json[2].GetString() ?? ""),
        };
    }

    public override void Write(Utf8JsonWriter writer, AgentAttribute value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Name);
        switch (value.Kind)
        {
            case ValueKind.Scalar:
                writer.WriteStringValue("scalar");
                writer.WriteNumberValue(value.ScalarMilli);
                break;
            case ValueKind.Ranges:
                writer.WriteStringValue("ranges");
                writer.WriteStringValue(value.ValueText);
                break;
            default:
                writer.WriteStringValue("text");
                writer.WriteStringValue(value.Text);
                break;
        }
        writer.WriteEndArray();
    }
}
