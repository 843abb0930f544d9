using System.Text.Json;
using System.Text.Json.Serialization;
using ActorScheduler.Model;

namespace ActorScheduler.Gateway.Operators.Contract;

/// <summary>Labels: objects with key and value.</summary>
internal sealed class LabelListConverter : JsonConverter<Labels>
{
    public override Labels Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? new Labels([.. document.RootElement.EnumerateArray().Select(One)])
            : throw new JsonException("must be a list of labels");
    }

    private static Label One(JsonElement label) =>
        label.ValueKind == JsonValueKind.Object && label.TryGetProperty("key", out JsonElement key) && key.ValueKind == JsonValueKind.String
            ? new Label(key.GetString()!, label.TryGetProperty("value", out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null)
            : throw new JsonException("each label must be an object with a key");

    public override void Write(Utf8JsonWriter writer, Labels value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (Label label in value)
        {
            writer.WriteStartObject();
            writer.WriteString("key", label.Key);
            if (label.Value is not null)
                writer.WriteString("value", label.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}

/// <summary>An attribute: name, kind and value as text, since a text may look like a number.</summary>
internal sealed class AttributeTextConverter : JsonConverter<AgentAttribute>
{
    public override AgentAttribute Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        string Text(string name) => document.RootElement.GetProperty(name).GetString() ?? "";
        string value = Text("value");
        Problem? problem = null;
        AgentAttribute? attribute = Text("kind") switch
        {
            nameof(ValueKind.Scalar) => FixedPoint.Parse(value, "value").TryGet(out long milli, out problem) ? AgentAttribute.OfScalar(Text("name"), milli) : null,
            nameof(ValueKind.Ranges) => ValueRanges.Parse(value, "value").TryGet(out ValueRanges? ranges, out problem) ? AgentAttribute.OfRanges(Text("name"), ranges) : null,
            _ => AgentAttribute.OfText(Text("name"), value),
        };
        return attribute ?? throw new JsonException($"attributes: {problem}");
    }

    public override void Write(Utf8JsonWriter writer, AgentAttribute value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("name", value.Name);
        writer.WriteString("kind", $"{value.Kind}");
        writer.WriteString("value", value.Kind == ValueKind.Scalar ? FixedPoint.Format(value.ScalarMilli) : value.ValueText);
        writer.WriteEndObject();
    }
}
