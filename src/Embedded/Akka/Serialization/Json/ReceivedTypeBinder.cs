using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Util;
using Newtonsoft.Json.Serialization;

namespace Akka.Serialization.Json;

/// <summary>Names types in JSON without versions, and lets in only those that <see cref="ReceivedTypes" /> accepts.</summary>
internal sealed class ReceivedTypeBinder(ExtendedActorSystem system) : ISerializationBinder
{
    private readonly ConcurrentDictionary<Type, string> _names = new();

    public Type BindToType(string? assemblyName, string typeName) =>
        system.Serialization.ReceivedTypes.Resolve(assemblyName is null ? typeName : $"{typeName}, {assemblyName}");

    public void BindToName(Type serializedType, out string? assemblyName, out string? typeName)
    {
        assemblyName = null;
        typeName = _names.GetOrAdd(serializedType, NameOf);
    }

    /// <summary>
    /// What nobody can construct, such as the class behind a collection expression or the result of a query, is named as an
    /// array: that fits wherever it stood.
    /// </summary>
    private string NameOf(Type type)
    {
        var isPrivateMatter = type.Name.StartsWith('<') || (!type.IsVisible && !system.Serialization.ReceivedTypes.Accepts(type));
        var sequence = isPrivateMatter ? Array.Find(type.GetInterfaces(), IsSequence) : null;
        return (sequence?.GetGenericArguments()[0].MakeArrayType() ?? type).TypeQualifiedName();
    }

    private static bool IsSequence(Type type) => type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>);
}
