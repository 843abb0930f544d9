using System.Reflection;
using System.Runtime.Serialization;
using Newtonsoft.Json;

namespace Akka.Serialization.Json;

/// <summary>Keeps types, members and delegates out of messages: read from the network they would name code to run.</summary>
internal sealed class TypeConverter : JsonConverter
{
    public override bool CanConvert(Type objectType) =>
        typeof(MemberInfo).IsAssignableFrom(objectType) || typeof(Delegate).IsAssignableFrom(objectType);

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) => throw Refused(value!.GetType());

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer) =>
        reader.TokenType == JsonToken.Null ? null : throw Refused(objectType);

    private static SerializationException Refused(Type type) => new(
        $"A message must not carry a [{type}]: types and delegates are not serialized. Bind the message to a serializer of its own in akka.actor.serialization-bindings.");
}
