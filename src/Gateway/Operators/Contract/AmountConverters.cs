using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActorScheduler.Model;

namespace ActorScheduler.Gateway.Operators.Contract;

/// <summary>
/// Resources: unreserved cpus, mem, disk and gpus as numbers, unreserved ports as text, all else (reserved, revocable, volumes,
/// other names) under <c>special</c> in Mesos's form.
/// </summary>
internal sealed class AmountsConverter : JsonConverter<Resources>
{
    public override Resources Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        Resources all = Resources.Empty;
        long cpus = 0, mem = 0, disk = 0, gpus = 0;
        ValueRanges? ports = null;
        foreach (JsonProperty property in Amounts.Fields(document.RootElement))
        {
            switch (property.Name)
            {
                case "cpus": cpus = Amounts.Read(property); break;
                case "mem": mem = Amounts.Read(property); break;
                case "disk": disk = Amounts.Read(property); break;
                case "gpus": gpus = Amounts.Read(property); break;
                case "ports": ports = Valid(ValueRanges.Parse(property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText(), "ports")); break;
                case "special": all = Valid(ResourceJson.ReadAll(property.Value, "special")); break;
                default: throw new JsonException($"{property.Name}: is no resource here; others stand under 'special'");
            }
        }
        return (cpus | mem | disk | gpus) == 0 && ports is null ? all : all.Add(Resources.OfMilli(cpus, mem, disk, gpus, ports));
    }

    public override void Write(Utf8JsonWriter writer, Resources value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        Amounts.Write(writer, "cpus", value.PlainCpus);
        Amounts.Write(writer, "mem", value.PlainMem);
        Amounts.Write(writer, "disk", value.PlainDisk);
        Amounts.Write(writer, "gpus", value.PlainGpus);
        if (!value.PlainPorts.IsEmpty)
            writer.WriteString("ports", $"{value.PlainPorts}");
        if (value.ObjectCount > 0)
        {
            writer.WritePropertyName("special");
            ResourceJson.WriteAll(writer, value.Where(static _ => true, withPlain: false), ReservationFormat.PostRefinement);
        }
        writer.WriteEndObject();
    }

    private static T Valid<T>(Result<T> result)
        where T : notnull => result.TryGet(out T? value, out Problem? problem) ? value : throw new JsonException(problem.ToString());
}

/// <summary>Quantities: numbers by name.</summary>
internal sealed class QuantityConverter : JsonConverter<Quantities>
{
    public override Quantities Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        string text = string.Join(';', Amounts.Fields(document.RootElement).Select(static property => $"{property.Name}:{property.Value.GetRawText()}"));
        return Quantities.Parse(text).TryGet(out Quantities? quantities, out Problem? problem) ? quantities : throw new JsonException(problem.ToString());
    }

    public override void Write(Utf8JsonWriter writer, Quantities value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach ((ResourceName name, long amount) in value.NonZero())
            Amounts.Write(writer, name.Text, amount);
        writer.WriteEndObject();
    }
}

/// <summary>Limits by name; zero is one too.</summary>
internal sealed class LimitsConverter : JsonConverter<IReadOnlyDictionary<string, long>>
{
    public override IReadOnlyDictionary<string, long> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return Amounts.Fields(document.RootElement).ToDictionary(static property => property.Name, static property => Amounts.Read(property));
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, long> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach ((string name, long amount) in value)
            writer.WriteNumber(name, amount / Amounts.Scale);
        writer.WriteEndObject();
    }
}

/// <summary>A span of time is its seconds.</summary>
internal sealed class SecondsConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double seconds) && seconds >= 0
            // What is too long is for the rules to say, and what was taken before there were rules can be read.
            ? seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue
            : throw new JsonException("must be a number of seconds, 0 or more");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue(value.TotalSeconds);
}

/// <summary>Amounts are thousandths inside and decimal numbers outside.</summary>
internal static class Amounts
{
    internal const decimal Scale = 1000m;

    /// <summary>The fields of an object, each once.</summary>
    internal static IEnumerable<JsonProperty> Fields(JsonElement element) =>
        element.ValueKind != JsonValueKind.Object ? throw new JsonException("must be an object with amounts by name")
        : element.EnumerateObject().GroupBy(static property => property.Name).FirstOrDefault(static same => same.Skip(1).Any()) is { } twice
            ? throw new JsonException($"'{twice.Key}' is given twice")
            : element.EnumerateObject();

    internal static long Read(JsonProperty property) =>
        property.Value.ValueKind == JsonValueKind.Number && FixedPoint.Parse(property.Value.GetRawText(), property.Name).TryGet(out long milli, out _)
            ? milli
            : throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"{property.Name}: must be a number, 0 or more"));

    internal static void Write(Utf8JsonWriter writer, string name, long milli)
    {
        if (milli != 0)
            writer.WriteNumber(name, milli / Scale);
    }
}
