using System.Reflection;
using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Makes instances of types that the configuration names.</summary>
internal static class ConfiguredType
{
    /// <summary>Finds a type by its assembly-qualified name; types of this assembly may leave the assembly out.</summary>
    internal static Type Find(string typeName, string usedFor)
    {
        Type? type;
        try
        {
            type = Type.GetType(typeName) ?? typeof(ConfiguredType).Assembly.GetType(typeName);
        }
        catch (Exception failure) when (failure is IOException or BadImageFormatException or ArgumentException or TypeLoadException)
        {
            throw new ConfigurationException($"Could not load the type [{typeName}] configured as {usedFor}: {failure.Message}", failure);
        }

        return type ?? throw new ConfigurationException(
            $"There is no type [{typeName}], configured as {usedFor}. Name it as 'Namespace.Type, Assembly'.");
    }

    /// <summary>Makes an instance by the constructor that takes the most of the given arguments from the first on, or none.</summary>
    internal static T Create<T>(string typeName, string usedFor, params object?[] arguments)
        where T : class
    {
        var type = Find(typeName, usedFor);
        if (!typeof(T).IsAssignableFrom(type))
            throw new ConfigurationException($"The type [{typeName}] configured as {usedFor} is no {typeof(T).FullName}");
        try
        {
            for (var count = arguments.Length; count >= 0; count--)
            {
                var given = arguments[..count];
                if (FindConstructor(type, given) is { } constructor) return (T)constructor.Invoke(given);
            }
        }
        catch (TargetInvocationException failure)
        {
            throw new ConfigurationException(
                $"Could not make the [{typeName}] configured as {usedFor}: {failure.InnerException!.Message}", failure.InnerException);
        }

        throw new ConfigurationException(
            $"The type [{typeName}] configured as {usedFor} has no public constructor with ({string.Join(", ", arguments.Select(a => a?.GetType().Name))})");
    }

    private static ConstructorInfo? FindConstructor(Type type, object?[] arguments) =>
        type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).FirstOrDefault(constructor =>
        {
            var parameters = constructor.GetParameters();
            return parameters.Length == arguments.Length &&
                   parameters.Zip(arguments).All(pair => pair.Second is null || pair.First.ParameterType.IsInstanceOfType(pair.Second));
        });
}
