using System.Text.Json;
using System.Text.Json.Serialization;
using ActorScheduler.Model;

namespace ActorScheduler.Protocol.Serialization;

/// <summary>Labels: a list of keys and values in turn, <c>null</c> where a key has none.</summary>
internal sealed class LabelsConverter : JsonConverter<Labels>
{
    public override Labels Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var labels = new List<Label>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            string key = reader.GetString() ?? "";
            reader.Read();
            labels.Add(new Label(key, reader.GetString()));
        }
        return labels.Count == 0 ? Labels.Empty : new Labels(labels);
    }

    public override void Write(Utf8JsonWriter writer, Labels value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (Label label in value)
        {
            writer.WriteStringValue(label.Key);
            writer.WriteStringValue(label.Value);
        }
        writer.WriteEndArray();
    }
}
