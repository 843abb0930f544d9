#nullable disable annotations
using Akka.Actor;

namespace Akka.Serialization;

/// <summary>
/// Turns objects into bytes and back. Base of serializers that HOCON names at <c>akka.actor.serializers</c>; they are made
/// with the system, or with the system and their section of <c>akka.actor.serialization-settings</c>, and are used by many
/// threads at once.
/// </summary>
public abstract class Serializer
{
    protected readonly ExtendedActorSystem system;

    private int? _identifier;

    protected Serializer(ExtendedActorSystem system)
    {
        this.system = system;
    }

    /// <summary>
    /// The number of this serializer in all processes, by default from <c>akka.actor.serialization-identifiers</c>; 0 to 40
    /// are the engine's.
    /// </summary>
    public virtual int Identifier =>
        _identifier ??= SerializerIdentifierHelper.GetSerializerIdentifierFromConfig(GetType(), system);

    /// <summary>Whether <see cref="FromBinary(byte[], Type)" /> needs to know the type.</summary>
    public abstract bool IncludeManifest { get; }

    public abstract byte[] ToBinary(object obj);

    /// <summary>As <see cref="ToBinary" />, with references written for a peer that finds this system at <paramref name="address" />.</summary>
    public byte[] ToBinaryWithAddress(Address address, object obj) =>
        Serialization.WithTransport(system, address, () => ToBinary(obj));

    public abstract object FromBinary(byte[] bytes, Type type);

    public T FromBinary<T>(byte[] bytes) => (T)FromBinary(bytes, typeof(T));
}
