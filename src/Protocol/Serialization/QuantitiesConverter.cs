using System.Text.Json;
using System.Text.Json.Serialization;
using ActorScheduler.Model;

namespace ActorScheduler.Protocol.Serialization;

/// <summary>Quantities: thousandths by name.</summary>
internal sealed class QuantitiesConverter : JsonConverter<Quantities>
{
    public override Quantities Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        long cpus = 0, mem = 0, disk = 0, gpus = 0;
        List<KeyValuePair<ResourceName, long>>? others = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = reader.GetString() ?? "";
            reader.Read();
            long amount = reader.GetInt64();
            switch (name)
            {
                case "cpus": cpus = amount; break;
                case "mem": mem = amount; break;
                case "disk": disk = amount; break;
                case "gpus": gpus = amount; break;
                default: (others ??= []).Add(new(ResourceName.Of(name), amount)); break;
            }
        }
        return Quantities.OfMilli(cpus, mem, disk, gpus, others);
    }

    public override void Write(Utf8JsonWriter writer, Quantities value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach ((ResourceName name, long amount) in value.NonZero())
            writer.WriteNumber(name.Text, amount);
        writer.WriteEndObject();
    }
}
