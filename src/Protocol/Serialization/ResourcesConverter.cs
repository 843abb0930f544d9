using System.Text.Json;
using System.Text.Json.Serialization;
using ActorScheduler.Model;

namespace ActorScheduler.Protocol.Serialization;

/// <summary>
/// Resources: unreserved cpus, mem, disk and gpus as thousandths under <c>c m d g</c>, unreserved ports under <c>p</c> as runs,
/// everything else under <c>x</c> in Mesos's form. Most messages carry only plain ones, and this form is an eighth of Mesos's.
/// </summary>
internal sealed class ResourcesConverter : JsonConverter<Resources>
{
    public override Resources Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        long cpus = 0, mem = 0, disk = 0, gpus = 0;
        ValueRanges? ports = null;
        Resources? others = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string? name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "c": cpus = reader.GetInt64(); break;
                case "m": mem = reader.GetInt64(); break;
                case "d": disk = reader.GetInt64(); break;
                case "g": gpus = reader.GetInt64(); break;
                case "p": ports = ReadRuns(ref reader); break;
                case "x":
                    using (JsonDocument document = JsonDocument.ParseValue(ref reader))
                        others = ResourceJson.ReadAll(document.RootElement) is { IsOk: true } read ? read.Value : throw new JsonException("resources: not readable");
                    break;
                default: reader.Skip(); break;
            }
        }
        Resources plain = (cpus | mem | disk | gpus) == 0 && ports is null ? Resources.Empty : Resources.OfMilli(cpus, mem, disk, gpus, ports);
        return others is null ? plain : plain.Add(others);
    }

    public override void Write(Utf8JsonWriter writer, Resources value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        WriteAmount(writer, "c", value.PlainCpus);
        WriteAmount(writer, "m", value.PlainMem);
        WriteAmount(writer, "d", value.PlainDisk);
        WriteAmount(writer, "g", value.PlainGpus);
        if (!value.PlainPorts.IsEmpty)
        {
            writer.WriteStartArray("p");
            foreach (ValueRange run in value.PlainPorts.Runs)
            {
                writer.WriteNumberValue(run.Begin);
                writer.WriteNumberValue(run.End);
            }
            writer.WriteEndArray();
        }
        if (value.ObjectCount > 0)
        {
            writer.WritePropertyName("x");
            ResourceJson.WriteAll(writer, value.Where(static _ => true, withPlain: false), ReservationFormat.PostRefinement);
        }
        writer.WriteEndObject();
    }

    private static void WriteAmount(Utf8JsonWriter writer, string name, long amount)
    {
        if (amount != 0)
            writer.WriteNumber(name, amount);
    }

    private static ValueRanges ReadRuns(ref Utf8JsonReader reader)
    {
        var runs = new List<ValueRange>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ulong begin = reader.GetUInt64();
            reader.Read();
            runs.Add(new ValueRange(begin, reader.GetUInt64()));
        }
        return ValueRanges.Of([.. runs]);
    }
}
