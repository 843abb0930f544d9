using System.Text.Json;
using System.Text.Json.Serialization;
using ActorScheduler.Model;

namespace ActorScheduler.Protocol.Serialization;

/// <summary>Offer constraints: groups of tests, each a list of name, predicate, text and whether the name is built in.</summary>
internal sealed class OfferConstraintsConverter : JsonConverter<OfferConstraints>
{
    public override OfferConstraints Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        var groups = new List<IReadOnlyList<AttributeConstraint>>();
        foreach (JsonElement group in document.RootElement.EnumerateArray())
        {
            var tests = new List<AttributeConstraint>();
            foreach (JsonElement test in group.EnumerateArray())
            {
                if (!Enum.TryParse(test[1].GetString(), out AttributePredicate predicate))
                    throw new JsonException($"constraint: there is no test '{test[1]}'");
                tests.Add(Must(AttributeConstraint.Create(test[0].GetString() ?? "", predicate, test[2].GetString() ?? "", test[3].GetBoolean())));
            }
            groups.Add(tests);
        }
        return Must(OfferConstraints.Create(groups));
    }

    public override void Write(Utf8JsonWriter writer, OfferConstraints value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (IReadOnlyList<AttributeConstraint> group in value.Groups)
        {
            writer.WriteStartArray();
            foreach (AttributeConstraint test in group)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(test.Name);
                writer.WriteStringValue(test.Predicate.ToString());
                writer.WriteStringValue(test.Text);
                writer.WriteBooleanValue(test.IsPseudo);
                writer.WriteEndArray();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
    }

    private static T Must<T>(Result<T> result) => result.TryGet(out T? value, out Problem? problem) ? value : throw new JsonException(problem.ToString());
}
