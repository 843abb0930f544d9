using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe.Internal;
using Akka.Configuration;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>Settings of a <see cref="DistributedPubSubMediator"/>, by default those at <c>akka.cluster.pub-sub</c>.</summary>
public sealed class DistributedPubSubSettings : INoSerializationVerificationNeeded
{
    private DistributedPubSubSettings(
        string? role, Routing routing, TimeSpan gossipInterval, TimeSpan removedTimeToLive, int maxDeltaElements, bool sendToDeadLettersWhenNoSubscribers)
    {
        if (gossipInterval <= TimeSpan.Zero) throw new ArgumentException("akka.cluster.pub-sub.gossip-interval must be positive", nameof(gossipInterval));
        if (maxDeltaElements <= 0) throw new ArgumentException("akka.cluster.pub-sub.max-delta-elements must be positive", nameof(maxDeltaElements));
        Role = string.IsNullOrEmpty(role) ? null : role;
        Routing = routing;
        GossipInterval = gossipInterval;
        RemovedTimeToLive = removedTimeToLive;
        MaxDeltaElements = maxDeltaElements;
        SendToDeadLettersWhenNoSubscribers = sendToDeadLettersWhenNoSubscribers;
    }

    /// <summary>The role of the nodes that have mediators; null for all.</summary>
    public string? Role { get; }

    public TimeSpan GossipInterval { get; }

    /// <summary>How long entries that are gone are remembered.</summary>
    public TimeSpan RemovedTimeToLive { get; }

    /// <summary>How many entries one gossip has at most.</summary>
    public int MaxDeltaElements { get; }

    public bool SendToDeadLettersWhenNoSubscribers { get; }

    internal Routing Routing { get; }

    /// <summary>The settings at <c>akka.cluster.pub-sub</c>.</summary>
    public static DistributedPubSubSettings Create(ActorSystem system) => Create(ToolsDefaults.Section(system, "akka.cluster.pub-sub"));

    /// <summary>The settings of a section like <c>akka.cluster.pub-sub</c>.</summary>
    /// <exception cref="ConfigurationException">There is no such section, or its routing logic is not known.</exception>
    public static DistributedPubSubSettings Create(Config config)
    {
        if (config.IsNullOrEmpty()) throw ConfigurationException.NullOrEmptyConfig<DistributedPubSubSettings>("akka.cluster.pub-sub");
        return new DistributedPubSubSettings(
            config.GetString("role"), Picker.Parse(config.GetString("routing-logic")), config.GetTimeSpan("gossip-interval"),
            config.GetTimeSpan("removed-time-to-live"), config.GetInt("max-delta-elements"), config.GetBoolean("send-to-dead-letters-when-no-subscribers"));
    }

    public DistributedPubSubSettings WithRole(string? role) =>
        new(role, Routing, GossipInterval, RemovedTimeToLive, MaxDeltaElements, SendToDeadLettersWhenNoSubscribers);

    public DistributedPubSubSettings WithGossipInterval(TimeSpan gossipInterval) =>
        new(Role, Routing, gossipInterval, RemovedTimeToLive, MaxDeltaElements, SendToDeadLettersWhenNoSubscribers);

    public DistributedPubSubSettings WithRemovedTimeToLive(TimeSpan removedTtl) =>
        new(Role, Routing, GossipInterval, removedTtl, MaxDeltaElements, SendToDeadLettersWhenNoSubscribers);

    public DistributedPubSubSettings WithMaxDeltaElements(int maxDeltaElements) =>
        new(Role, Routing, GossipInterval, RemovedTimeToLive, maxDeltaElements, SendToDeadLettersWhenNoSubscribers);

    public DistributedPubSubSettings WithSendToDeadLettersWhenNoSubscribers(bool sendToDeadLetterWhenNoSubscribers) =>
        new(Role, Routing, GossipInterval, RemovedTimeToLive, MaxDeltaElements, sendToDeadLetterWhenNoSubscribers);
}
