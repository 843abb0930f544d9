using System.Globalization;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Util;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Akka.Serialization.Json;

/// <summary>
/// Keeps the type of plain values that JSON would read back as another one (an int as a long, a time as a string) where the
/// member does not declare it: <c>{"$":"I1"}</c> is the int 1. Members and elements of declared type are plain JSON.
/// </summary>
internal sealed class ExactValueConverter(ExtendedActorSystem system) : JsonConverter
{
    private const char EnumTag = 'E';

    private static readonly Dictionary<Type, (char Tag, Func<object, string> Write)> Writers = [];
    private static readonly Dictionary<char, Func<string, object>> Readers = [];

    static ExactValueConverter()
    {
        static void Add<T>(char tag, string format, Func<string, T> read)
            where T : IFormattable
        {
            Writers[typeof(T)] = (tag, value => ((T)value).ToString(format, CultureInfo.InvariantCulture));
            Readers[tag] = text => read(text);
        }

        var culture = CultureInfo.InvariantCulture;
        Add('I', "D", text => int.Parse(text, culture));
        Add('F', "R", text => float.Parse(text, culture));
        Add('M', "G", text => decimal.Parse(text, culture));
        Add('D', "R", text => double.Parse(text, culture));
        Add('B', "D", text => byte.Parse(text, culture));
        Add('b', "D", text => sbyte.Parse(text, culture));
        Add('S', "D", text => short.Parse(text, culture));
        Add('s', "D", text => ushort.Parse(text, culture));
        Add('i', "D", text => uint.Parse(text, culture));
        Add('l', "D", text => ulong.Parse(text, culture));
        Add('G', "D", Guid.Parse);
        Add('T', "O", text => DateTime.Parse(text, culture, DateTimeStyles.RoundtripKind));
        Add('O', "O", text => DateTimeOffset.Parse(text, culture, DateTimeStyles.RoundtripKind));
        Add('P', "c", text => TimeSpan.ParseExact(text, "c", culture));
        Writers[typeof(char)] = ('C', value => ((char)value).ToString());
        Readers['C'] = text => text[0];
    }

    public static bool IsExact(Type type) => Writers.ContainsKey(type) || type.IsEnum;

    /// <summary>Reads <c>{"$":"…"}</c>.</summary>
    /// <exception cref="SerializationException">The tag is unknown or its text malformed.</exception>
    public static bool TryRead(JObject candidate, ExtendedActorSystem system, out object? value)
    {
        value = null;
        if (candidate.Count != 1 || candidate["$"] is not JValue { Value: string { Length: > 0 } text })
        {
            return false;
        }

        try
        {
            if (text[0] == EnumTag)
            {
                var colon = text.LastIndexOf(':');
                value = Enum.Parse(system.Serialization.ReceivedTypes.Resolve(text[1..colon]), text[(colon + 1)..]);
                return true;
            }

            value = Readers[text[0]](text[1..]);
            return true;
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new SerializationException($"Received data has the malformed value '{text}'.", e);
        }
    }

    public override bool CanConvert(Type objectType) => IsExact(objectType);

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
    {
        var type = value!.GetType();
        var text = type.IsEnum
            ? $"{EnumTag}{type.TypeQualifiedName()}:{value:D}"
            : Writers[type].Tag + Writers[type].Write(value);
        writer.WriteStartObject();
        writer.WritePropertyName("$");
        writer.WriteValue(text);
        writer.WriteEndObject();
    }

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
    {
        if (reader.TokenType == JsonToken.StartObject && TryRead(JObject.Load(reader), system, out var exact))
        {
            return exact;
        }

        return DeclaredValueConverter.Convert(reader.Value, objectType);
    }
}
