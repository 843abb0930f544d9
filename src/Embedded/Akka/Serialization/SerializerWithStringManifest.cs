#nullable disable annotations
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>
/// A serializer that names what it wrote by a string of its own choice, so that the classes can change while the data stays
/// readable.
/// </summary>
public abstract class SerializerWithStringManifest : Serializer
{
    protected SerializerWithStringManifest(ExtendedActorSystem system)
        : base(system)
    {
    }

    public sealed override bool IncludeManifest => true;

    public sealed override object FromBinary(byte[] bytes, Type type) => FromBinary(bytes, type.TypeQualifiedName());

    /// <exception cref="SerializationException">The manifest is not one that this serializer writes.</exception>
    public abstract object FromBinary(byte[] bytes, string manifest);

    /// <summary>The name under which an object is written; part of the format, so it never changes.</summary>
    public abstract string Manifest(object o);
}
