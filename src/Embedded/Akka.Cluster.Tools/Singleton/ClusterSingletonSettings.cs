using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>Settings of a singleton and its proxy together, by default those at <c>akka.cluster.singleton</c> and <c>singleton-proxy</c>.</summary>
public class ClusterSingletonSettings : INoSerializationVerificationNeeded
{
    private ClusterSingletonSettings(
        string? role, TimeSpan singletonIdentificationInterval, TimeSpan removalMargin, TimeSpan handOverRetryInterval, int bufferSize, bool considerAppVersion)
    {
        Role = string.IsNullOrEmpty(role) ? null : role;
        SingletonIdentificationInterval = singletonIdentificationInterval;
        RemovalMargin = removalMargin;
        HandOverRetryInterval = handOverRetryInterval;
        BufferSize = bufferSize;
        ConsiderAppVersion = considerAppVersion;
    }

    public string? Role { get; }

    public TimeSpan SingletonIdentificationInterval { get; }

    public TimeSpan RemovalMargin { get; }

    public TimeSpan HandOverRetryInterval { get; }

    public int BufferSize { get; }

    public bool ConsiderAppVersion { get; }

    public static ClusterSingletonSettings Create(ActorSystem system)
    {
        ToolsDefaults.Load(system);
        return Create(system.Settings.Config.GetConfig("akka.cluster"));
    }

    /// <summary>The settings of the sections <c>singleton</c> and <c>singleton-proxy</c> of a section like <c>akka.cluster</c>.</summary>
    /// <exception cref="ConfigurationException">There is no such section.</exception>
    public static ClusterSingletonSettings Create(Config config)
    {
        if (config.IsNullOrEmpty()) throw ConfigurationException.NullOrEmptyConfig<ClusterSingletonSettings>("akka.cluster");
        var manager = ClusterSingletonManagerSettings.Create(config.GetConfig("singleton"));
        var proxy = ClusterSingletonProxySettings.Create(config.GetConfig("singleton-proxy"), manager.ConsiderAppVersion);
        return new ClusterSingletonSettings(
            manager.Role, proxy.SingletonIdentificationInterval, manager.RemovalMargin, manager.HandOverRetryInterval, proxy.BufferSize,
            manager.ConsiderAppVersion);
    }

    public ClusterSingletonSettings WithRole(string? role) =>
        new(role, SingletonIdentificationInterval, RemovalMargin, HandOverRetryInterval, BufferSize, ConsiderAppVersion);

    public ClusterSingletonSettings WithRemovalMargin(TimeSpan removalMargin) =>
        new(Role, SingletonIdentificationInterval, removalMargin, HandOverRetryInterval, BufferSize, ConsiderAppVersion);

    public ClusterSingletonSettings WithHandOverRetryInterval(TimeSpan handOverRetryInterval) =>
        new(Role, SingletonIdentificationInterval, RemovalMargin, handOverRetryInterval, BufferSize, ConsiderAppVersion);

    internal ClusterSingletonManagerSettings ForManager(string singletonName) =>
        new(singletonName, Role, RemovalMargin, HandOverRetryInterval, ConsiderAppVersion);

    internal ClusterSingletonProxySettings ForProxy(string singletonName) =>
        new(singletonName, Role, SingletonIdentificationInterval, BufferSize, ConsiderAppVersion);
}
