namespace Akka.Configuration;

/// <summary>Questions about a <see cref="Config" /> that may be null, as a missing section is.</summary>
public static class ConfigExtensions
{
    /// <summary>Whether there is no configuration at all: null, or no key in it and in its fallbacks.</summary>
    public static bool IsNullOrEmpty(this Config? config) => config is null || config.IsEmpty;

    /// <summary><see cref="Config.WithFallback" /> in which either side may be null.</summary>
    public static Config SafeWithFallback(this Config? config, Config? fallback)
    {
        if (config.IsNullOrEmpty())
        {
            return fallback ?? config!;
        }

        return fallback.IsNullOrEmpty() || ReferenceEquals(config, fallback) ? config! : config!.WithFallback(fallback!);
    }
}
