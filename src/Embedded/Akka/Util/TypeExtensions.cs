using System.Collections.Concurrent;

namespace Akka.Util;

/// <summary>Questions about types, and the names by which they go over the wire.</summary>
public static class TypeExtensions
{
    private static readonly ConcurrentDictionary<Type, string> Names = new();

    /// <summary>Whether the type is, extends or implements <typeparamref name="T" />.</summary>
    public static bool Implements<T>(this Type type) => Implements(type, typeof(T));

    /// <summary>Whether the type is, extends or implements <paramref name="moreGeneralType" />.</summary>
    public static bool Implements(this Type type, Type moreGeneralType) => moreGeneralType.IsAssignableFrom(type);

    /// <summary>
    /// The full name with the name of the assembly but without its version, so that both ends may have different ones; types
    /// of the runtime's core library go without the assembly.
    /// </summary>
    public static string TypeQualifiedName(this Type type) => Names.GetOrAdd(type, static t => NameOf(t));

    private static string NameOf(Type type)
    {
        var name = NameWithin(type);
        return type.Assembly == typeof(object).Assembly ? name : $"{name}, {type.Assembly.GetName().Name}";
    }

    private static string NameWithin(Type type)
    {
        if (type.IsSZArray)
        {
            return NameWithin(type.GetElementType()!) + "[]";
        }

        if (type.IsArray)
        {
            return $"{NameWithin(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsConstructedGenericType)
        {
            var arguments = string.Join(",", type.GetGenericArguments().Select(argument => $"[{NameOf(argument)}]"));
            return $"{type.GetGenericTypeDefinition().FullName}[{arguments}]";
        }

        return type.FullName ?? type.Name;
    }
}
