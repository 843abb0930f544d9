using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>Settings of a <see cref="ClusterSingletonManager"/>, by default those at <c>akka.cluster.singleton</c>.</summary>
public sealed class ClusterSingletonManagerSettings : INoSerializationVerificationNeeded
{
    private const int FewestRetries = 15;

    /// <param name="singletonName">The name of the singleton's actor.</param>
    /// <param name="role">The role of the members that may have it; null or empty for all.</param>
    /// <param name="removalMargin">How long to wait after a member was removed that may have had it; zero for as long as the downing provider says.</param>
    /// <param name="handOverRetryInterval">How often the hand-over is asked for.</param>
    /// <param name="considerAppVersion">Whether members of a later version go first.</param>
    public ClusterSingletonManagerSettings(string singletonName, string? role, TimeSpan removalMargin, TimeSpan handOverRetryInterval, bool considerAppVersion)
        : this(singletonName, role, removalMargin, handOverRetryInterval, considerAppVersion, FewestRetries)
    {
    }

    private ClusterSingletonManagerSettings(
        string singletonName, string? role, TimeSpan removalMargin, TimeSpan handOverRetryInterval, bool considerAppVersion, int retries)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(singletonName);
        if (removalMargin < TimeSpan.Zero) throw new ArgumentException("ClusterSingletonManagerSettings.RemovalMargin must be positive", nameof(removalMargin));
        if (handOverRetryInterval <= TimeSpan.Zero)
            throw new ArgumentException("ClusterSingletonManagerSettings.HandOverRetryInterval must be positive", nameof(handOverRetryInterval));
        SingletonName = singletonName;
        Role = string.IsNullOrEmpty(role) ? null : role;
        RemovalMargin = removalMargin;
        HandOverRetryInterval = handOverRetryInterval;
        ConsiderAppVersion = considerAppVersion;
        MinNumberOfHandOverRetries = retries;
    }

    public string SingletonName { get; }

    public string? Role { get; }

    public TimeSpan RemovalMargin { get; }

    public TimeSpan HandOverRetryInterval { get; }

    public bool ConsiderAppVersion { get; }

    /// <summary>So many questions go unanswered before that is logged.</summary>
    internal int MinNumberOfHandOverRetries { get; }

    /// <summary>The settings at <c>akka.cluster.singleton</c>.</summary>
    public static ClusterSingletonManagerSettings Create(ActorSystem system) => Create(ToolsDefaults.Section(system, "akka.cluster.singleton"));

    /// <summary>The settings of a section like <c>akka.cluster.singleton</c>.</summary>
    /// <exception cref="ConfigurationException">There is no such section.</exception>
    public static ClusterSingletonManagerSettings Create(Config config)
    {
        if (config.IsNullOrEmpty()) throw ConfigurationException.NullOrEmptyConfig<ClusterSingletonManagerSettings>("akka.cluster.singleton");
        return new ClusterSingletonManagerSettings(
            config.GetString("singleton-name"), config.GetString("role"), TimeSpan.Zero, config.GetTimeSpan("hand-over-retry-interval"),
            config.GetBoolean("consider-app-version"), config.GetInt("min-number-of-hand-over-retries", FewestRetries));
    }

    public ClusterSingletonManagerSettings WithSingletonName(string singletonName) =>
        new(singletonName, Role, RemovalMargin, HandOverRetryInterval, ConsiderAppVersion, MinNumberOfHandOverRetries);

    public ClusterSingletonManagerSettings WithRole(string? role) =>
        new(SingletonName, role, RemovalMargin, HandOverRetryInterval, ConsiderAppVersion, MinNumberOfHandOverRetries);

    public ClusterSingletonManagerSettings WithRemovalMargin(TimeSpan removalMargin) =>
        new(SingletonName, Role, removalMargin, HandOverRetryInterval, ConsiderAppVersion, MinNumberOfHandOverRetries);

    public ClusterSingletonManagerSettings WithHandOverRetryInterval(TimeSpan handOverRetryInterval) =>
        new(SingletonName, Role, RemovalMargin, handOverRetryInterval, ConsiderAppVersion, MinNumberOfHandOverRetries);
}
