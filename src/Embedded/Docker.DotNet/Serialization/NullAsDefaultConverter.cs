#nullable enable
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Docker.DotNet.Serialization;

/// <summary>
/// Reads null as the default of a number or a flag. Engines write null where nothing is known yet (the exit code of a
/// command that runs, for one), and no such field is worth losing the whole answer for.
/// </summary>
internal sealed class NullAsDefaultConverter : JsonConverterFactory
{
    private static readonly JsonSerializerOptions Plain = new();

    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert == typeof(long) || typeToConvert == typeof(ulong) || typeToConvert == typeof(uint)
        || typeToConvert == typeof(ushort) || typeToConvert == typeof(bool);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    private sealed class Converter<T> : JsonConverter<T>
        where T : struct
    {
        private readonly JsonConverter<T> _inner = (JsonConverter<T>)Plain.GetConverter(typeof(T));

        public override bool HandleNull => true;

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? default : _inner.Read(ref reader, typeToConvert, options);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            _inner.Write(writer, value, options);
    }
}
