using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorScheduler.Protocol.Serialization;

/// <summary>An epoch is its number.</summary>
internal sealed class EpochConverter : JsonConverter<Epoch>
{
    public override Epoch Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, Epoch value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Number);
}
