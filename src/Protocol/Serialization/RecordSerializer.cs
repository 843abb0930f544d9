using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;
using Akka.Actor;
using Akka.Serialization;

namespace ActorScheduler.Protocol.Serialization;

/// <summary>
/// Writes records of known types as JSON; the manifest is the type's name. A manifest that is not known, or bytes that cannot
/// be read, are errors that name the manifest: they are never treated as absent.
/// </summary>
public abstract class RecordSerializer : SerializerWithStringManifest
{
    private readonly JsonSerializerOptions _options;
    private readonly Dictionary<string, Type> _types;

    /// <summary>A serializer for all records of an assembly that implement an interface.</summary>
    /// <param name="system">The system.</param>
    /// <param name="identifier">Its number on the wire and in journals.</param>
    /// <param name="marker">The interface; its assembly is searched.</param>
    /// <param name="withActors">Whether the records hold references to actors.</param>
    protected RecordSerializer(ExtendedActorSystem system, int identifier, Type marker, bool withActors)
        : base(system)
    {
        Identifier = identifier;
        _options = withActors ? ScheduleJson.Options(system) : ScheduleJson.Plain;
        _types = marker.Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsInterface: false } && marker.IsAssignableFrom(type))
            .ToDictionary(static type => type.Name, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public override int Identifier { get; }

    /// <inheritdoc/>
    public override string Manifest(object o) => o.GetType().Name;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => JsonSerializer.SerializeToUtf8Bytes(obj, obj.GetType(), _options);

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (!_types.TryGetValue(manifest, out Type? type))
            throw new SerializationException($"'{manifest}' is not known to {GetType().Name}; it may come from a newer version");
        try
        {
            return JsonSerializer.Deserialize(bytes, type, _options) ?? throw new SerializationException($"'{manifest}' is empty");
        }
        catch (Exception e) when (e is JsonException or TargetInvocationException or InvalidOperationException)
        {
            throw new SerializationException($"'{manifest}' cannot be read: {e.Message}", e);
        }
    }
}
