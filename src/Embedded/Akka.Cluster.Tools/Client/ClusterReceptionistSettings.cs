using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Client;

/// <summary>Settings of a <see cref="ClusterReceptionist"/>, by default those at <c>akka.cluster.client.receptionist</c>.</summary>
public sealed class ClusterReceptionistSettings : INoSerializationVerificationNeeded
{
    /// <param name="role">The role of the nodes that have receptionists; null or empty for all.</param>
    /// <param name="numberOfContacts">How many contacts a client gets; at least 1.</param>
    /// <param name="responseTunnelReceiveTimeout">How long after the last message answers find their way back.</param>
    /// <param name="heartbeatInterval">How often a client is expected to be heard of.</param>
    /// <param name="acceptableHeartbeatPause">How much later than that it may be.</param>
    /// <param name="failureDetectionInterval">How often it is looked who is gone.</param>
    public ClusterReceptionistSettings(
        string? role, int numberOfContacts, TimeSpan responseTunnelReceiveTimeout, TimeSpan heartbeatInterval, TimeSpan acceptableHeartbeatPause,
        TimeSpan failureDetectionInterval)
    {
        if (numberOfContacts < 1)
            throw new ArgumentException("akka.cluster.client.receptionist.number-of-contacts must be at least 1", nameof(numberOfContacts));
        Role = string.IsNullOrEmpty(role) ? null : role;
        NumberOfContacts = numberOfContacts;
        ResponseTunnelReceiveTimeout = responseTunnelReceiveTimeout;
        HeartbeatInterval = heartbeatInterval;
        AcceptableHeartbeatPause = acceptableHeartbeatPause;
        FailureDetectionInterval = failureDetectionInterval;
    }

    public string? Role { get; }

    public int NumberOfContacts { get; }

    public TimeSpan ResponseTunnelReceiveTimeout { get; }

    public TimeSpan HeartbeatInterval { get; }

    public TimeSpan AcceptableHeartbeatPause { get; }

    public TimeSpan FailureDetectionInterval { get; }

    /// <summary>The settings at <c>akka.cluster.client.receptionist</c>.</summary>
    public static ClusterReceptionistSettings Create(ActorSystem system) => Create(ToolsDefaults.Section(system, "akka.cluster.client.receptionist"));

    /// <summary>The settings of a section like <c>akka.cluster.client.receptionist</c>.</summary>
    /// <exception cref="ConfigurationException">There is no such section.</exception>
    public static ClusterReceptionistSettings Create(Config config)
    {
        if (config.IsNullOrEmpty()) throw ConfigurationException.NullOrEmptyConfig<ClusterReceptionistSettings>("akka.cluster.client.receptionist");
        return new ClusterReceptionistSettings(
            config.GetString("role"), config.GetInt("number-of-contacts"), config.GetTimeSpan("response-tunnel-receive-timeout"),
            config.GetTimeSpan("heartbeat-interval"), config.GetTimeSpan("acceptable-heartbeat-pause"), config.GetTimeSpan("failure-detection-interval"));
    }

    public ClusterReceptionistSettings WithRole(string? role) =>
        new(role, NumberOfContacts, ResponseTunnelReceiveTimeout, HeartbeatInterval, AcceptableHeartbeatPause, FailureDetectionInterval);

    public ClusterReceptionistSettings WithoutRole() => WithRole(null);

    public ClusterReceptionistSettings WithNumberOfContacts(int numberOfContacts) =>
        new(Role, numberOfContacts, ResponseTunnelReceiveTimeout, HeartbeatInterval, AcceptableHeartbeatPause, FailureDetectionInterval);

    public ClusterReceptionistSettings WithResponseTunnelReceiveTimeout(TimeSpan responseTunnelReceiveTimeout) =>
        new(Role, NumberOfContacts, responseTunnelReceiveTimeout, HeartbeatInterval, AcceptableHeartbeatPause, FailureDetectionInterval);

    public ClusterReceptionistSettings WithHeartbeat(TimeSpan heartbeatInterval, TimeSpan acceptableHeartbeatPause, TimeSpan failureDetectionInterval) =>
        new(Role, NumberOfContacts, ResponseTunnelReceiveTimeout, heartbeatInterval, acceptableHeartbeatPause, failureDetectionInterval);
}
