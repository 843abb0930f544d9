using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>Marks messages of publish-subscribe that go from node to node.</summary>
public interface IDistributedPubSubMessage;

/// <summary>Registers an actor of this node under its path, for <see cref="Send"/> and <see cref="SendToAll"/>, until it ends.</summary>
public sealed record Put
{
    public Put(IActorRef @ref) => Ref = @ref;

    public IActorRef Ref { get; }
}

/// <summary>Undoes a <see cref="Put"/>.</summary>
public sealed record Remove
{
    public Remove(string path) => Path = path;

    public string Path { get; }
}

/// <summary>Subscribes an actor of this node to a topic, until it ends; answered by a <see cref="SubscribeAck"/>.</summary>
public sealed record Subscribe
{
    /// <param name="group">
    /// Of all subscribers of a group, one gets each message that is published with sendOneMessageToEachGroup, and they get no
    /// others; null for a subscriber that gets all that are published without.
    /// </param>
    public Subscribe(string topic, IActorRef @ref, string? group = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        (Topic, Ref, Group) = (topic, @ref, group);
    }

    public string Topic { get; }

    public string? Group { get; }

    public IActorRef Ref { get; }
}

/// <summary>Undoes a <see cref="Subscribe"/> of the same group; answered by an <see cref="UnsubscribeAck"/>.</summary>
public sealed record Unsubscribe
{
    public Unsubscribe(string topic, IActorRef @ref, string? group = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        (Topic, Ref, Group) = (topic, @ref, group);
    }

    public string Topic { get; }

    public string? Group { get; }

    public IActorRef Ref { get; }
}

/// <summary>The subscription counts on this node; others hear of it soon.</summary>
public sealed record SubscribeAck : IDeadLetterSuppression
{
    public SubscribeAck(Subscribe subscribe) => Subscribe = subscribe;

    public Subscribe Subscribe { get; }
}

/// <summary>The subscription does not count any more on this node.</summary>
public sealed record UnsubscribeAck
{
    public UnsubscribeAck(Unsubscribe unsubscribe) => Unsubscribe = unsubscribe;

    public Unsubscribe Unsubscribe { get; }
}

/// <summary>Sends a message to the subscribers of a topic, on all nodes.</summary>
public sealed record Publish : IDistributedPubSubMessage, IWrappedMessage
{
    /// <param name="sendOneMessageToEachGroup">To one subscriber of each group; else to each subscriber without a group.</param>
    public Publish(string topic, object message, bool sendOneMessageToEachGroup = false) =>
        (Topic, Message, SendOneMessageToEachGroup) = (topic, message, sendOneMessageToEachGroup);

    public string Topic { get; }

    public object Message { get; }

    public bool SendOneMessageToEachGroup { get; }
}

/// <summary>Sends a message to one of the actors that are registered under a path, on whatever nodes.</summary>
public sealed record Send : IDistributedPubSubMessage, IWrappedMessage
{
    /// <param name="path">The path without an address, such as <c>/user/service</c>.</param>
    /// <param name="localAffinity">To the one of this node, if there is one.</param>
    public Send(string path, object message, bool localAffinity = false) => (Path, Message, LocalAffinity) = (path, message, localAffinity);

    public string Path { get; }

    public object Message { get; }

    public bool LocalAffinity { get; }
}

/// <summary>Sends a message to all actors that are registered under a path.</summary>
public sealed record SendToAll : IDistributedPubSubMessage, IWrappedMessage
{
    /// <param name="path">The path without an address, such as <c>/user/service</c>.</param>
    /// <param name="excludeSelf">Not to the one of this node.</param>
    public SendToAll(string path, object message, bool excludeSelf = false) => (Path, Message, ExcludeSelf) = (path, message, excludeSelf);

    public string Path { get; }

    public object Message { get; }

    public bool ExcludeSelf { get; }
}

/// <summary>Asks for the topics that this node knows of; answered by <see cref="CurrentTopics"/>.</summary>
public sealed class GetTopics
{
    private GetTopics()
    {
    }

    public static GetTopics Instance { get; } = new();
}

/// <summary>The topics that have subscribers on any node, as far as this one knows.</summary>
public sealed record CurrentTopics
{
    public CurrentTopics(IImmutableSet<string> topics) => Topics = topics;

    public IImmutableSet<string> Topics { get; }
}
