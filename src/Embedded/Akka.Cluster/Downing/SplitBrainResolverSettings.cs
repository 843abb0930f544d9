using System.Collections.Immutable;
using Akka.Configuration;

namespace Akka.Cluster.SBR;

/// <summary>Settings below <c>akka.cluster.split-brain-resolver</c>.</summary>
public sealed class SplitBrainResolverSettings
{
    public static readonly string KeepMajorityName = "keep-majority";

    public static readonly string StaticQuorumName = "static-quorum";

    public static readonly string KeepOldestName = "keep-oldest";

    public static readonly string DownAllName = "down-all";

    public static readonly ImmutableHashSet<string> AllStrategyNames = [KeepMajorityName, StaticQuorumName, KeepOldestName, DownAllName];

    private readonly Config _config;

    /// <exception cref="ConfigurationException">An unknown strategy, or one that lacks what it needs.</exception>
    public SplitBrainResolverSettings(Config config)
    {
        _config = config.GetConfig("akka.cluster.split-brain-resolver")
            ?? throw ConfigurationException.NullOrEmptyConfig<SplitBrainResolverSettings>("akka.cluster.split-brain-resolver");
        DowningStrategy = _config.GetString("active-strategy")?.ToLowerInvariant() ?? "";
        if (!AllStrategyNames.Contains(DowningStrategy))
            throw new ConfigurationException(
                $"akka.cluster.split-brain-resolver.active-strategy = [{DowningStrategy}]: expected one of {string.Join(", ", AllStrategyNames.Order())}");
        DowningStableAfter = _config.GetTimeSpan("stable-after");
        if (DowningStableAfter <= TimeSpan.Zero) throw new ConfigurationException("akka.cluster.split-brain-resolver.stable-after must be > 0");
        var unstable = _config.GetString("down-all-when-unstable")?.ToLowerInvariant();
        DownAllWhenUnstable = unstable switch
        {
            "off" or "false" => TimeSpan.Zero,
            "on" or "true" => DowningStableAfter + TimeSpan.FromSeconds(Math.Max(4, DowningStableAfter.TotalSeconds * 3 / 4)),
            _ => DowningStableAfter + _config.GetTimeSpan("down-all-when-unstable"),
        };
    }

    public string DowningStrategy { get; }

    public TimeSpan DowningStableAfter { get; }

    /// <summary>Time of instability after which all go down; zero for never.</summary>
    public TimeSpan DownAllWhenUnstable { get; }

    public string? KeepMajorityRole => Role("keep-majority");

    public KeepOldestSettings KeepOldestSettings => new(_config.GetBoolean("keep-oldest.down-if-alone", true), Role("keep-oldest"));

    /// <exception cref="ConfigurationException">There is no quorum size.</exception>
    public StaticQuorumSettings StaticQuorumSettings
    {
        get
        {
            var size = _config.GetString("static-quorum.quorum-size");
            return int.TryParse(size, out var members) && members > 0
                ? new StaticQuorumSettings(members, Role("static-quorum"))
                : throw new ConfigurationException($"akka.cluster.split-brain-resolver.static-quorum.quorum-size = [{size}]: expected a number of members above 0");
        }
    }

    private string? Role(string strategy) => _config.GetString($"{strategy}.role") is { Length: > 0 } role ? role : null;
}

/// <summary>Settings of static-quorum.</summary>
public sealed class StaticQuorumSettings(int size, string? role)
{
    public int Size { get; } = size;

    public string? Role { get; } = role;
}

/// <summary>Settings of keep-oldest.</summary>
public sealed class KeepOldestSettings(bool downIfAlone, string? role)
{
    public bool DownIfAlone { get; } = downIfAlone;

    public string? Role { get; } = role;
}
