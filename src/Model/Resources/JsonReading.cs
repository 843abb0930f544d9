using System.Globalization;
using System.Text.Json;

namespace ActorScheduler.Model;

/// <summary>
/// Reads fields of one JSON object the way Mesos does (numbers also as text, null as absent, one object where a list is meant)
/// and remembers the first problem.
/// </summary>
internal sealed class JsonReading(JsonElement json)
{
    /// <summary>The first thing found wrong, or null.</summary>
    public Problem? Problem { get; private set; } =
        json.ValueKind == JsonValueKind.Object ? null : new Problem("", "must be an object");

    public string? Text(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();
        Problem ??= new Problem(name, "must be a text");
        return null;
    }

    public double? Number(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number))
            return number;
        if (value.ValueKind == JsonValueKind.String
            && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double written))
            return written;
        Problem ??= new Problem(name, "must be a number");
        return null;
    }

    public ulong? Whole(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out ulong number))
            return number;
        if (value.ValueKind == JsonValueKind.String
            && ulong.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong written))
            return written;
        Problem ??= new Problem(name, "must be a whole number, not negative");
        return null;
    }

    public JsonReading? Object(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return new JsonReading(value);
        Problem ??= new Problem(name, "must be an object");
        return null;
    }

    public IEnumerable<JsonElement> List(string name)
    {
        if (Find(name) is not { } value)
            return [];
        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
    }

    private JsonElement? Find(string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;
}
