namespace Akka.Cluster.Sharding;

/// <summary>Two functions as an extractor.</summary>
internal sealed class DelegateExtractor(ExtractEntityId extractEntityId, ExtractShardId extractShardId) : IMessageExtractor
{
    public string? EntityId(object message) => extractEntityId(message) is { HasValue: true } found ? found.Value.Item1 : null;

    public object? EntityMessage(object message) => extractEntityId(message) is { HasValue: true } found ? found.Value.Item2 : message;

    public string? ShardId(object message) => extractShardId(message);

    /// <summary>Functions for messages know nothing of entities, so the message decides.</summary>
    public string? ShardId(string entityId, object? messageHint = null) => messageHint is null ? null : extractShardId(messageHint);
}
