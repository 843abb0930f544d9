using Akka.Configuration;

namespace Akka.Persistence.Journal;

/// <summary>The section replay-filter of a journal plugin.</summary>
internal sealed record ReplayFilterSettings(ReplayFilterMode Mode, int WindowSize, int MaxOldWriters)
{
    /// <exception cref="ConfigurationException">The mode is none that there is.</exception>
    internal static ReplayFilterSettings Read(Config config) => new(
        (config.GetString("replay-filter.mode", "repair-by-discard-old") ?? "").ToLowerInvariant() switch
        {
            "off" or "false" or "disabled" => ReplayFilterMode.Disabled,
            "fail" => ReplayFilterMode.Fail,
            "warn" => ReplayFilterMode.Warn,
            "repair-by-discard-old" => ReplayFilterMode.RepairByDiscardOld,
            var mode => throw new ConfigurationException($"Invalid replay-filter.mode [{mode}], supported values [off, repair-by-discard-old, fail, warn]"),
        },
        config.GetInt("replay-filter.window-size", 100),
        config.GetInt("replay-filter.max-old-writers", 10));
}
