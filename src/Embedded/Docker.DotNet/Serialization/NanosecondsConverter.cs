#nullable enable
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Docker.DotNet.Serialization;

/// <summary>A time span that the engine counts in nanoseconds; what is finer than 100 ns is cut off.</summary>
internal sealed class NanosecondsConverter : JsonConverter<TimeSpan>
{
    public override bool HandleNull => true;

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? TimeSpan.Zero : new TimeSpan(reader.GetInt64() / TimeSpan.NanosecondsPerTick);

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(checked(value.Ticks * TimeSpan.NanosecondsPerTick));
}
