using System.Globalization;
using Newtonsoft.Json;

namespace Akka.Serialization.Json;

/// <summary>Writes plain values whose type the member declares as plain JSON, without a tag.</summary>
internal sealed class DeclaredValueConverter : JsonConverter
{
    public static readonly DeclaredValueConverter Instance = new();

    public static object? Convert(object? value, Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        return value switch
        {
            null => null,
            _ when type.IsInstanceOfType(value) => value,
            _ when type.IsEnum => Enum.ToObject(type, value),
            string text when type == typeof(Guid) => Guid.Parse(text),
            string text when type == typeof(TimeSpan) => TimeSpan.Parse(text, CultureInfo.InvariantCulture),
            string text when type == typeof(DateTime) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            string text when type == typeof(DateTimeOffset) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            _ => System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture),
        };
    }

    public override bool CanConvert(Type objectType) => ExactValueConverter.IsExact(Nullable.GetUnderlyingType(objectType) ?? objectType);

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
    {
        if (value is Enum number)
        {
            writer.WriteValue(System.Convert.ChangeType(number, number.GetTypeCode(), CultureInfo.InvariantCulture));
        }
        else if (value is decimal exact)
        {
            // As text: a JSON number would be read as a double.
            writer.WriteValue(exact.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteValue(value);
        }
    }

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer) =>
        Convert(reader.Value, objectType);
}
