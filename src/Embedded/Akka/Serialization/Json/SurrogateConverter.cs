using Akka.Actor;
using Akka.Util;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Akka.Serialization.Json;

/// <summary>
/// Writes the surrogate of what has one, such as an actor reference, and reads it back; and reads members that are declared
/// as object or interface, behind which a surrogate or a tagged value may stand.
/// </summary>
internal sealed class SurrogateConverter(ExtendedActorSystem system) : JsonConverter
{
    public override bool CanConvert(Type objectType) =>
        objectType == typeof(object) || typeof(ISurrogated).IsAssignableFrom(objectType) || typeof(ISurrogated) == objectType;

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
    {
        if (value is ISurrogated surrogated)
        {
            serializer.Serialize(writer, surrogated.ToSurrogate(system), typeof(object));
        }
        else
        {
            // A bare object: a token without content.
            writer.WriteStartObject();
            writer.WriteEndObject();
        }
    }

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
    {
        // Without a type asked for, the type in the data decides, and this converter is not asked again.
        var value = serializer.Deserialize(reader);
        if (value is JObject tagged)
        {
            return ExactValueConverter.TryRead(tagged, system, out var exact) ? exact : tagged.HasValues ? tagged : new object();
        }

        return value is ISurrogate surrogate ? surrogate.FromSurrogate(system) : value;
    }
}
