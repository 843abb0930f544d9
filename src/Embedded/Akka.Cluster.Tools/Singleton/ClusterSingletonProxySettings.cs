using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>Settings of a <see cref="ClusterSingletonProxy"/>, by default those at <c>akka.cluster.singleton-proxy</c>.</summary>
public sealed class ClusterSingletonProxySettings : INoSerializationVerificationNeeded
{
    private const int LargestBuffer = 10_000;

    /// <param name="singletonName">The name of the singleton's actor below its manager.</param>
    /// <param name="role">The role of the members that may have it; null or empty for all.</param>
    /// <param name="singletonIdentificationInterval">How often the singleton is looked for while it is not known.</param>
    /// <param name="bufferSize">How many messages wait meanwhile, 0 to 10000.</param>
    /// <param name="considerAppVersion">Whether members of a later version go first, as for the manager.</param>
    public ClusterSingletonProxySettings(
        string singletonName, string? role, TimeSpan singletonIdentificationInterval, int bufferSize, bool considerAppVersion)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(singletonName);
        if (singletonIdentificationInterval <= TimeSpan.Zero)
            throw new ArgumentException("ClusterSingletonProxySettings.SingletonIdentificationInterval must be positive", nameof(singletonIdentificationInterval));
        if (bufferSize is < 0 or > LargestBuffer)
            throw new ArgumentException("ClusterSingletonProxySettings.BufferSize must be in range (0, 10000).", nameof(bufferSize));
        SingletonName = singletonName;
        Role = string.IsNullOrEmpty(role) ? null : role;
        SingletonIdentificationInterval = singletonIdentificationInterval;
        BufferSize = bufferSize;
        ConsiderAppVersion = considerAppVersion;
    }

    public string SingletonName { get; }

    public string? Role { get; }

    public TimeSpan SingletonIdentificationInterval { get; }

    public int BufferSize { get; }

    public bool ConsiderAppVersion { get; }

    /// <summary>The settings at <c>akka.cluster.singleton-proxy</c>.</summary>
    public static ClusterSingletonProxySettings Create(ActorSystem system) => Create(
        ToolsDefaults.Section(system, "akka.cluster.singleton-proxy"),
        ToolsDefaults.Section(system, "akka.cluster.singleton").GetBoolean("consider-app-version"));

    /// <summary>The settings of a section like <c>akka.cluster.singleton-proxy</c>.</summary>
    /// <exception cref="ConfigurationException">There is no such section.</exception>
    public static ClusterSingletonProxySettings Create(Config config, bool considerAppVersion)
    {
        if (config.IsNullOrEmpty()) throw ConfigurationException.NullOrEmptyConfig<ClusterSingletonProxySettings>("akka.cluster.singleton-proxy");
        return new ClusterSingletonProxySettings(
            config.GetString("singleton-name"), config.GetString("role"), config.GetTimeSpan("singleton-identification-interval"),
            config.GetInt("buffer-size"), considerAppVersion);
    }

    public ClusterSingletonProxySettings WithSingletonName(string singletonName) =>
        new(singletonName, Role, SingletonIdentificationInterval, BufferSize, ConsiderAppVersion);

    public ClusterSingletonProxySettings WithRole(string? role) =>
        new(SingletonName, role, SingletonIdentificationInterval, BufferSize, ConsiderAppVersion);

    public ClusterSingletonProxySettings WithSingletonIdentificationInterval(TimeSpan singletonIdentificationInterval) =>
        new(SingletonName, Role, singletonIdentificationInterval, BufferSize, ConsiderAppVersion);

    public ClusterSingletonProxySettings WithBufferSize(int bufferSize) =>
        new(SingletonName, Role, SingletonIdentificationInterval, bufferSize, ConsiderAppVersion);
}
