using Akka.Actor;

namespace Akka.Configuration;

/// <summary>
/// Configuration that cannot be read (with line and column of the offending text) or that is missing where something
/// needs it.
/// </summary>
public class ConfigurationException : AkkaException
{
    /// <inheritdoc cref="ConfigurationException" />
    public ConfigurationException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="ConfigurationException" />
    public ConfigurationException(string message, Exception? exception)
        : base(message, exception)
    {
    }

    /// <summary>The error that <typeparamref name="T" /> raises when its section, <paramref name="path" />, is not there.</summary>
    public static ConfigurationException NullOrEmptyConfig<T>(string? path = null) =>
        new(path is null
            ? $"Failed to create {typeof(T)}: its configuration is null or empty."
            : $"Failed to create {typeof(T)}: configuration section '{path}' is null or empty.");
}
