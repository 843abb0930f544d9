using Akka.Actor;
using Akka.Util;
using Newtonsoft.Json.Serialization;

namespace Akka.Serialization.Json;

/// <summary>Names types in JSON without versions, and lets in only those that <see cref="ReceivedTypes" /> accepts.</summary>
internal sealed class ReceivedTypeBinder(ExtendedActorSystem system) : ISerializationBinder
{
    public Type BindToType(string? assemblyName, string typeName) =>
        system.Serialization.ReceivedTypes.Resolve(assemblyName is null ? typeName : $"{typeName}, {assemblyName}");

    public void BindToName(Type serializedType, out string? assemblyName, out string? typeName)
    {
        assemblyName = null;
        typeName = serializedType.TypeQualifiedName();
    }
}
