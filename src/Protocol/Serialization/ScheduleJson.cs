using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Protocol.Serialization;

/// <summary>
/// The JSON form of messages and persisted events. JSON, because journals outlive versions: fields that a reader does not know
/// are ignored, fields that are missing get their defaults, and people can read what is there. Fields are written by their
/// names here, null ones left out (zero and false are written: they may differ from a default), enumerations by name.
/// </summary>
public static class ScheduleJson
{
    /// <summary>Options for values without references to actors: persisted events.</summary>
    public static JsonSerializerOptions Plain { get; } = Options(null);

    /// <summary>Options for messages.</summary>
    /// <param name="system">Resolves and writes references to actors; null when there are none.</param>
    public static JsonSerializerOptions Options(ExtendedActorSystem? system)
    {
        var options = new JsonSerializerOptions
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectRequiredConstructorParameters = false,
            // What is not a number is refused by whoever judges it; a message that cannot be written would be lost without a word.
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Derived.Add, OmitComputed } },
        };
        foreach (JsonConverter converter in Converters(system))
            options.Converters.Add(converter);
        options.MakeReadOnly();
        return options;
    }

    private static IEnumerable<JsonConverter> Converters(ExtendedActorSystem? system)
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
        if (system is not null)
            yield return new ActorRefConverter(system);
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
