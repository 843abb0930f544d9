using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization.Json;
using Newtonsoft.Json;

namespace Akka.Serialization;

/// <summary>
/// The serializer for what has no other: JSON by Newtonsoft.Json, with type names where they are needed. Numbers and other
/// plain values keep their exact types, references and other surrogates are translated, and types that the data names are
/// held against <see cref="ReceivedTypes" />.
/// </summary>
public class NewtonSoftJsonSerializer : Serializer
{
    private readonly JsonSerializer _serializer;
    private readonly NewtonSoftJsonSerializerSettings _own;

    [ThreadStatic]
    private static StringBuilder? _buffer;

    public NewtonSoftJsonSerializer(ExtendedActorSystem system)
        : this(system, NewtonSoftJsonSerializerSettings.Default)
    {
    }

    public NewtonSoftJsonSerializer(ExtendedActorSystem system, Config config)
        : this(system, NewtonSoftJsonSerializerSettings.Create(config))
    {
    }

    public NewtonSoftJsonSerializer(ExtendedActorSystem system, NewtonSoftJsonSerializerSettings settings)
        : base(system)
    {
        _own = settings;
        Settings = new JsonSerializerSettings
        {
            PreserveReferencesHandling = settings.PreserveObjectReferences ? PreserveReferencesHandling.Objects : PreserveReferencesHandling.None,
            NullValueHandling = NullValueHandling.Ignore,
            DefaultValueHandling = DefaultValueHandling.Ignore,
            MissingMemberHandling = MissingMemberHandling.Ignore,
            ObjectCreationHandling = ObjectCreationHandling.Replace,
            ConstructorHandling = ConstructorHandling.AllowNonPublicDefaultConstructor,
            DateParseHandling = DateParseHandling.None,
            MaxDepth = 256,
            TypeNameHandling = settings.EncodeTypeNames ? TypeNameHandling.All : TypeNameHandling.None,
            SerializationBinder = new ReceivedTypeBinder(system),
            ContractResolver = new MessageContractResolver(),
        };
        foreach (var type in settings.Converters)
        {
            var takesSystem = type.GetConstructor([typeof(ExtendedActorSystem)]) is not null;
            Settings.Converters.Add((JsonConverter)Activator.CreateInstance(type, takesSystem ? [system] : [])!);
        }

        Settings.Converters.Add(new TypeConverter());
        Settings.Converters.Add(new ExactValueConverter(system));
        Settings.Converters.Add(new SurrogateConverter(system));
        var setup = system.Settings.Setup.Get<NewtonSoftJsonSerializerSetup>();
        if (setup.HasValue)
        {
            setup.Value.ApplySettings(Settings);
        }

        _serializer = JsonSerializer.Create(Settings);
    }

    /// <summary>The settings in use; changing them has no effect.</summary>
    public JsonSerializerSettings Settings { get; }

    /// <summary>The serializer of Newtonsoft.Json.</summary>
    public object Serializer => _serializer;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj)
    {
        var buffer = _own.UsePooledStringBuilder ? Interlocked.Exchange(ref _buffer, null) : null;
        buffer ??= new StringBuilder(_own.StringBuilderMinSize);
        using (var writer = new JsonTextWriter(new StringWriter(buffer)))
        {
            // Declared as object, so that the type is written with it: the manifest is not.
            _serializer.Serialize(writer, obj, typeof(object));
        }

        var bytes = Encoding.UTF8.GetBytes(buffer.ToString());
        if (_own.UsePooledStringBuilder && buffer.Capacity <= _own.StringBuilderMaxSize)
        {
            _buffer = buffer.Clear();
        }

        return bytes;
    }

    /// <exception cref="SerializationException">The data names a type that is not accepted.</exception>
    public override object FromBinary(byte[] bytes, Type type)
    {
        using var reader = new JsonTextReader(new StreamReader(new MemoryStream(bytes), Encoding.UTF8));
        try
        {
            var value = _serializer.Deserialize<object>(reader);
            return type is null || value is null || type.IsInstanceOfType(value) || value is not Newtonsoft.Json.Linq.JToken token
                ? value!
                : token.ToObject(type, _serializer)!;
        }
        catch (JsonException e)
        {
            for (Exception? cause = e; cause is not null; cause = cause.InnerException)
            {
                if (cause is SerializationException refused)
                {
                    throw refused;
                }
            }

            throw new SerializationException($"This is no JSON that can be read as a message: {e.Message}", e);
        }
    }
}
