#nullable enable
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Docker.DotNet.Serialization;

/// <summary>
/// A moment as the engine writes it: RFC 3339 with up to nine decimals and any offset, or a number of Unix seconds in lists.
/// Always UTC here. Nothing and the empty string are the year 1, which is also the engine's own "never".
/// </summary>
internal sealed class TimestampConverter : JsonConverter<DateTime>
{
    private static readonly DateTime Never = new(0, DateTimeKind.Utc);

    public override bool HandleNull => true;

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
    {
        JsonTokenType.Null => Never,
        JsonTokenType.Number => DateTime.UnixEpoch.AddSeconds(reader.GetDouble()),
        _ when reader.ValueTextEquals("") => Never,
        _ when reader.TryGetDateTimeOffset(out var moment) => moment.UtcDateTime,
        _ => ReadEarly(reader.GetString()!),
    };

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(
            value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));

    /// <summary>The year 1 east of Greenwich lies before the first moment that .NET can tell.</summary>
    private static DateTime ReadEarly(string text) => text.StartsWith("0001-01-01T", StringComparison.Ordinal)
        ? Never
        : throw new JsonException($"'{text}' is not a time in the form of RFC 3339.");
}
