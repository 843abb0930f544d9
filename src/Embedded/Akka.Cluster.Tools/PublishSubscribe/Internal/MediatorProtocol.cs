namespace Akka.Cluster.Tools.PublishSubscribe.Internal;

/// <summary>What the registry of a node tells: that it has an actor under a path, subscribers of a topic, or of a group of it.</summary>
/// <param name="Name">The path or the topic.</param>
/// <param name="Group">The group; empty for the others.</param>
internal readonly record struct RegistryKey(RegistryKind Kind, string Name, string Group)
{
    internal static RegistryKey Path(string path) => new(RegistryKind.Path, path, "");

    internal static RegistryKey Of(string topic, string? group) =>
        string.IsNullOrEmpty(group) ? new(RegistryKind.Topic, topic, "") : new(RegistryKind.Group, topic, group);
}

/// <summary>What a <see cref="RegistryKey"/> is.</summary>
internal enum RegistryKind : byte
{
    Path,
    Topic,
    Group,
}

/// <summary>One change of a node's registry, in the order of versions.</summary>
/// <param name="Actor">The path of the actor with its uid, for a path; empty for topics; null when the entry is gone.</param>
internal readonly record struct RegistryChange(RegistryKey Key, long Version, string? Actor);

/// <summary>The changes of a node's registry after one version.</summary>
/// <param name="Since">Who does not know this version cannot take the changes; 0 when they are the whole registry.</param>
/// <param name="Version">The version that the changes lead to.</param>
internal sealed record BucketDelta(UniqueAddress Owner, long Since, long Version, IReadOnlyList<RegistryChange> Changes);

/// <summary>What I did not think that you know.</summary>
internal sealed record Delta(IReadOnlyList<BucketDelta> Buckets) : IDistributedPubSubMessage;

/// <summary>The versions that I know; send me what is later.</summary>
/// <param name="IsReply">Whether this is to be answered by what is later only, and not by a question back.</param>
internal sealed record KnownVersions(UniqueAddress From, IReadOnlyDictionary<UniqueAddress, long> Versions, bool IsReply) : IDistributedPubSubMessage;

/// <summary>For the subscribers of your node. One is sent to several nodes, so its bytes are kept.</summary>
internal sealed class DeliverToTopic(string topic, object message) : IDistributedPubSubMessage
{
    internal string Topic => topic;

    internal object Message => message;

    internal byte[]? Bytes { get; set; }
}

/// <summary>For one subscriber of a group of your node.</summary>
internal sealed record DeliverToGroup(string Topic, string Group, object Message) : IDistributedPubSubMessage;
