using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ActorScheduler.Model;

namespace ActorScheduler.Protocol.Serialization;

/// <summary>
/// The JSON form of values, for people: in the HTTP API and in an agent's checkpoint. Fields that a reader does not know are
/// ignored, fields that are missing get their defaults. Fields are written by their names here, null ones left out (zero and
/// false are written: they may differ from a default), enumerations by name.
/// </summary>
public static class ScheduleJson
{
    /// <summary>Options for values without references to actors.</summary>
    public static JsonSerializerOptions Plain { get; } = Options();

    private static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectRequiredConstructorParameters = false,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Derived.Add, OmitComputed } },
        };
        foreach (JsonConverter converter in Converters())
            options.Converters.Add(converter);
        options.MakeReadOnly();
        return options;
    }

    private static IEnumerable<JsonConverter> Converters()
    {
        yield return new IdConverter<FrameworkId>(static text => new FrameworkId(text), static id => id.Value);
        yield return new IdConverter<AgentId>(static text => new AgentId(text), static id => id.Value);
        yield return new IdConverter<TaskId>(static text => new TaskId(text), static id => id.Value);
        yield return new IdConverter<ExecutorId>(static text => new ExecutorId(text), static id => id.Value);
        yield return new IdConverter<OfferId>(static text => new OfferId(text), static id => id.Value);
        yield return new IdConverter<InverseOfferId>(static text => new InverseOfferId(text), static id => id.Value);
        yield return new IdConverter<OperationId>(static text => new OperationId(text), static id => id.Value);
        yield return new EpochConverter();
        yield return new ResourcesConverter();
        yield return new ResourceConverter();
        yield return new QuantitiesConverter();
        yield return new LabelsConverter();
        yield return new AttributeConverter();
        yield return new OfferConstraintsConverter();
        yield return new JsonStringEnumConverter();
    }

    /// <summary>What can be computed from the rest is not written.</summary>
    private static void OmitComputed(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        for (int i = type.Properties.Count - 1; i >= 0; i--)
        {
            JsonPropertyInfo property = type.Properties[i];
            if (property.Set is null && property.AssociatedParameter is null)
                type.Properties.RemoveAt(i);
            else if (property.IsRequired)
                property.ShouldSerialize = static (_, _) => true;
        }
    }
}
