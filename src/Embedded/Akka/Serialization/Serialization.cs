using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>
/// The serializers of a system: which one is for which type, and which one has which number. The binding of the most
/// specific type wins: the type itself, then the nearest base class or interface, and <see cref="object" /> last.
/// </summary>
public class Serialization
{
    [ThreadStatic]
    private static Information? _currentTransport;

    private readonly SerializerRegistry _registry = new();
    private readonly ConcurrentDictionary<Type, Serializer> _byType = new();

    /// <summary>Reads serializers, bindings and settings of the system's configuration, then its <see cref="SerializationSetup" />.</summary>
    public Serialization(ExtendedActorSystem system)
    {
        System = system;
        ReceivedTypes = new ReceivedTypes(() => _registry.BoundTypes);
        AddSerializer("null", new NullSerializer(system));
        ConfiguredSerializers.Load(system, _registry);
    }

    public ExtendedActorSystem System { get; }

    /// <summary>Which types received data may name.</summary>
    internal ReceivedTypes ReceivedTypes { get; }

    /// <summary>Runs <paramref name="action" /> while references are written for a peer that finds the system at <paramref name="address" />.</summary>
    public static T WithTransport<T>(ActorSystem system, Address address, Func<T> action) =>
        WithTransport(new Information(address, system), action, static run => run());

    /// <summary>Runs <paramref name="action" /> while references are written with the address that the provider gives.</summary>
    public static T WithTransport<T>(ExtendedActorSystem system, Func<T> action) =>
        WithTransport(system.Provider.SerializationInformation, action, static run => run());

    /// <inheritdoc cref="WithTransport{T}(ExtendedActorSystem, Func{T})" />
    public static T WithTransport<TState, T>(ExtendedActorSystem system, TState state, Func<TState, T> action) =>
        WithTransport(system.Provider.SerializationInformation, state, action);

    /// <exception cref="InvalidOperationException">Nothing is being serialized for a peer on this thread.</exception>
    public static Information GetCurrentTransportInformation() => _currentTransport
        ?? throw new InvalidOperationException("CurrentTransportInformation is not set. Use Serialization.WithTransport to set it.");

    /// <summary>
    /// The path under which a peer finds the actor: with the address of the current transport, or else the one that the
    /// actor's system gives.
    /// </summary>
    public static string SerializedActorPath(IActorRef @ref)
    {
        if (@ref is null || ReferenceEquals(@ref, ActorRefs.NoSender))
        {
            return string.Empty;
        }

        var origin = (@ref as ActorRefWithCell)?.Underlying.System as ExtendedActorSystem;
        var transport = _currentTransport;
        if (transport is null)
        {
            return origin is null
                ? @ref.Path.ToSerializationFormat()
                : @ref.Path.ToSerializationFormatWithAddress(origin.Provider.DefaultAddress);
        }

        var address = origin is null || ReferenceEquals(origin, transport.System)
            ? transport.Address
            : origin.Provider.GetExternalAddressFor(transport.Address) ?? origin.Provider.DefaultAddress;
        return @ref.Path.ToSerializationFormatWithAddress(address);
    }

    /// <summary>What goes with the bytes so that the other side can read them; empty when the serializer needs nothing.</summary>
    public static string ManifestFor(Serializer s, object msg) => s switch
    {
        SerializerWithStringManifest own => own.Manifest(msg),
        { IncludeManifest: true } => msg.GetType().TypeQualifiedName(),
        _ => string.Empty,
    };

    public byte[] Serialize(object o) => WithTransport(
        System, (Serialization: this, Object: o), static state => state.Serialization.FindSerializerFor(state.Object).ToBinary(state.Object));

    /// <exception cref="SerializationException">No serializer has that number.</exception>
    public object Deserialize(byte[] bytes, int serializerId, Type? type) => SerializerById(serializerId, type?.ToString()).FromBinary(bytes, type!);

    /// <exception cref="SerializationException">No serializer has that number, or the manifest names a type that is not accepted.</exception>
    public object Deserialize(byte[] bytes, int serializerId, string? manifest)
    {
        var serializer = SerializerById(serializerId, manifest);
        return serializer is SerializerWithStringManifest own
            ? own.FromBinary(bytes, manifest ?? string.Empty)
            : serializer.FromBinary(bytes, string.IsNullOrEmpty(manifest) ? null! : ReceivedTypes.Resolve(manifest));
    }

    /// <summary>The serializer of an object; <paramref name="defaultSerializerName" /> when only <see cref="object" /> is bound for it.</summary>
    /// <exception cref="SerializationException">There is none.</exception>
    public Serializer FindSerializerFor(object? obj, string? defaultSerializerName = null) =>
        obj is null ? _registry.ById(0)! : FindSerializerForType(obj.GetType(), defaultSerializerName);

    /// <inheritdoc cref="FindSerializerFor" />
    public Serializer FindSerializerForType(Type objectType, string? defaultSerializerName = null)
    {
        if (defaultSerializerName is null && _byType.TryGetValue(objectType, out var known))
        {
            return known;
        }

        var (bound, serializer) = _registry.MostSpecificFor(objectType);
        if (defaultSerializerName is not null && (bound is null || bound == typeof(object)))
        {
            return _registry.ByName(defaultSerializerName)
                ?? throw new SerializationException($"Serializer [{defaultSerializerName}] for type [{objectType}] is not configured in akka.actor.serializers.");
        }

        if (serializer is null)
        {
            throw new SerializationException($"Serializer not found for type [{objectType}]: nothing in akka.actor.serialization-bindings is for it.");
        }

        _byType[objectType] = serializer;
        return serializer;
    }

    /// <summary>The reference of a path as <see cref="SerializedActorPath" /> wrote it.</summary>
    public IActorRef DeserializeActorRef(string path) => System.Provider.ResolveActorRef(path);

    /// <summary>Makes a serializer known under its number.</summary>
    public void AddSerializer(Serializer serializer) => _registry.Add(null, serializer);

    /// <summary>Makes a serializer known under its number and a name.</summary>
    public void AddSerializer(string name, Serializer serializer) => _registry.Add(name, serializer);

    /// <summary>Binds a type, with its subtypes, to a serializer.</summary>
    public void AddSerializationMap(Type type, Serializer serializer)
    {
        _registry.Bind(type, serializer);
        _byType.Clear();
        ReceivedTypes.Forget();
    }

    private static T WithTransport<TState, T>(Information transport, TState state, Func<TState, T> action)
    {
        var outer = _currentTransport;
        _currentTransport = transport;
        try
        {
            return action(state);
        }
        finally
        {
            _currentTransport = outer;
        }
    }

    private Serializer SerializerById(int id, string? manifest) => _registry.ById(id) ?? throw new SerializationException(
        $"Cannot find serializer with id [{id}] (manifest [{manifest}]). The most probable reason is that akka.actor.serializers is not in sync between the two systems.");
}
