using Akka.Actor;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>Finds the configured number of a serializer.</summary>
public static class SerializerIdentifierHelper
{
    private const string Section = "akka.actor.serialization-identifiers";

    /// <summary>The number under the type's name with its assembly, or under its bare full name.</summary>
    /// <exception cref="ArgumentException">There is none, or it is no number.</exception>
    public static int GetSerializerIdentifierFromConfig(Type type, ExtendedActorSystem system)
    {
        var numbers = system.Settings.Config.GetConfig(Section);
        var key = new[] { type.TypeQualifiedName(), type.FullName! }.Select(name => $"\"{name}\"").FirstOrDefault(name => numbers?.HasPath(name) == true);
        return key is null
            ? throw new ArgumentException($"Couldn't find serializer id for [{type}] under [{Section}] HOCON path", nameof(type))
            : numbers.GetInt(key);
    }
}
