using System.Collections.Concurrent;

namespace Akka.Util.Reflection;

/// <summary>Finds types that configuration names, each once.</summary>
public static class TypeCache
{
    private static readonly ConcurrentDictionary<string, Type> Types = new(StringComparer.Ordinal);

    /// <summary>
    /// The type of this assembly-qualified name. It may load the assembly: never give it a name that came over the network.
    /// </summary>
    /// <exception cref="TypeLoadException">There is no such type.</exception>
    public static Type GetType(string typeName) =>
        Types.GetOrAdd(typeName, static name => Type.GetType(name, throwOnError: true)!);
}
