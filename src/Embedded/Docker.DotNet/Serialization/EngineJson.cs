#nullable enable
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Docker.DotNet.Serialization;

/// <summary>JSON as the Docker Engine speaks it: what has its default value is not sent, unknown fields are passed
/// over.</summary>
internal static class EngineJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            Converters = { new TimestampConverter(), new NullAsDefaultConverter() },
        };
        options.MakeReadOnly();
        return options;
    }
}
