using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>Marks what goes over the wire, or into the journal, in the format of sharding.</summary>
public interface IClusterShardingSerializable;

/// <summary>A message with the id of the entity it is for; every extractor knows it.</summary>
public sealed class ShardingEnvelope : IClusterShardingSerializable, IWrappedMessage
{
    public ShardingEnvelope(string entityId, object message)
    {
        EntityId = entityId;
        Message = message;
    }

    public string EntityId { get; }

    public object Message { get; }

    public override bool Equals(object? obj) => obj is ShardingEnvelope other && EntityId == other.EntityId && Equals(Message, other.Message);

    public override int GetHashCode() => HashCode.Combine(EntityId, Message);

    public override string ToString() => $"ShardingEnvelope({EntityId}, {Message})";
}
