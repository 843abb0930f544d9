using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Serialization;

namespace ActorScheduler.Gateway.Operators.Contract;

/// <summary>
/// The JSON that people and programs see, of the HTTP API and of <c>--json</c>: the messages' own fields in camel case, amounts as
/// decimal numbers, spans of time as seconds. Wires and journals have their own, shorter form: <see cref="ScheduleJson"/>.
/// </summary>
internal static class ApiJson
{
    internal static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Makes options of this kind of some that the server has made.</summary>
    internal static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = true;
        // Nothing of it stands in pages: people read it as it was written.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        options.RespectRequiredConstructorParameters = false;
        options.TypeInfoResolver = ScheduleJson.Plain.TypeInfoResolver!.WithAddedModifier(Decimals).WithAddedModifier(SetStatus);
        options.Converters.Clear();
        // The first that fits counts.
        options.Converters.Add(new AmountsConverter());
        options.Converters.Add(new QuantityConverter());
        options.Converters.Add(new SecondsConverter());
        options.Converters.Add(new LabelListConverter());
        options.Converters.Add(new AttributeTextConverter());
        foreach (JsonConverter converter in ScheduleJson.Plain.Converters)
            options.Converters.Add(converter);
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions();
        Apply(options);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Limits of quotas are thousandths by name.</summary>
    private static void Decimals(JsonTypeInfo type)
    {
        if (type.Type != typeof(RoleSummary) && type.Type != typeof(QuotaRequest))
            return;
        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (property.PropertyType == typeof(IReadOnlyDictionary<string, long>))
                property.CustomConverter = new LimitsConverter();
        }
    }

    /// <summary>
    /// The maker of the OpenAPI document cannot write the default of a constructor's parameter that is a time, so statuses are made
    /// empty and then set.
    /// </summary>
    private static void SetStatus(JsonTypeInfo type)
    {
        if (type.Type == typeof(TaskUpdate))
            type.CreateObject = static () => new TaskUpdate(default, default, default);
    }
}
