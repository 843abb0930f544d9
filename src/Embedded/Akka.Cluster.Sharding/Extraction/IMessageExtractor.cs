using Akka.Util;

namespace Akka.Cluster.Sharding;

/// <summary>Says for which entity a message is, and in which shard that is. Used by many threads; has to answer the same everywhere.</summary>
public interface IMessageExtractor
{
    /// <summary>The entity that the message is for; null or empty when it is for none.</summary>
    string? EntityId(object message);

    /// <summary>What the entity gets, for messages that only carry another one.</summary>
    object? EntityMessage(object message);

    /// <summary>The shard of the entity that the message is for.</summary>
    string? ShardId(object message);

    /// <summary>The shard of an entity.</summary>
    /// <param name="entityId">The entity.</param>
    /// <param name="messageHint">The message that is to be delivered, if there is one.</param>
    string? ShardId(string entityId, object? messageHint = null);
}

/// <summary>The entity that a message is for, and what the entity gets; nothing when it is for none.</summary>
public delegate Option<(string, object)> ExtractEntityId(object message);

/// <summary>The shard of the entity that a message is for.</summary>
public delegate string ExtractShardId(object message);
