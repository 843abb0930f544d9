using Akka.Configuration;
using Akka.Util.Reflection;
using Newtonsoft.Json;

namespace Akka.Serialization;

/// <summary>Settings of the JSON serializer: the section <c>akka.actor.serialization-settings.json</c>.</summary>
public sealed class NewtonSoftJsonSerializerSettings
{
    public static readonly NewtonSoftJsonSerializerSettings Default = new(true, true, [], true, 2048, 32768);

    public NewtonSoftJsonSerializerSettings(
        bool encodeTypeNames,
        bool preserveObjectReferences,
        IEnumerable<Type> converters,
        bool usePooledStringBuilder,
        int stringBuilderMinSize,
        int stringBuilderMaxSize)
    {
        ArgumentNullException.ThrowIfNull(converters);
        EncodeTypeNames = encodeTypeNames;
        PreserveObjectReferences = preserveObjectReferences;
        Converters = converters;
        UsePooledStringBuilder = usePooledStringBuilder;
        StringBuilderMinSize = stringBuilderMinSize;
        StringBuilderMaxSize = stringBuilderMaxSize;
    }

    /// <summary>Whether types are written where the reader could not know them (<c>encode-type-names</c>, on).</summary>
    public bool EncodeTypeNames { get; }

    /// <summary>Whether an object that is met twice is written once (<c>preserve-object-references</c>, on).</summary>
    public bool PreserveObjectReferences { get; }

    /// <summary>Further converters (<c>converters</c>, a list of types).</summary>
    public IEnumerable<Type> Converters { get; }

    /// <summary>Whether buffers are used again (<c>use-pooled-string-builder</c>, on).</summary>
    public bool UsePooledStringBuilder { get; }

    /// <summary>The size of a new buffer, in characters.</summary>
    public int StringBuilderMinSize { get; }

    /// <summary>The size above which a buffer is not kept, in characters.</summary>
    public int StringBuilderMaxSize { get; }

    /// <exception cref="ConfigurationException">There is no configuration, or a converter is none.</exception>
    public static NewtonSoftJsonSerializerSettings Create(Config config)
    {
        if (config.IsNullOrEmpty())
        {
            throw ConfigurationException.NullOrEmptyConfig<NewtonSoftJsonSerializerSettings>();
        }

        return new NewtonSoftJsonSerializerSettings(
            config.GetBoolean("encode-type-names", true),
            config.GetBoolean("preserve-object-references", true),
            config.GetStringList("converters").Select(ConverterType).ToArray(),
            config.GetBoolean("use-pooled-string-builder", true),
            config.GetInt("pooled-string-builder-minsize", 2048),
            config.GetInt("pooled-string-builder-maxsize", 32768));
    }

    private static Type ConverterType(string name)
    {
        var type = TypeCache.GetType(name);
        return typeof(JsonConverter).IsAssignableFrom(type)
            ? type
            : throw new ConfigurationException($"akka.actor.serialization-settings.json.converters: {name} is not a {typeof(JsonConverter)}.");
    }
}
