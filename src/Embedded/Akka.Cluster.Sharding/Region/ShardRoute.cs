using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>What a region knows of one shard: where it is, the entities if it is here, and what waits until that is known.</summary>
internal sealed class ShardRoute(string shard)
{
    internal string Shard => shard;

    /// <summary>The region that has it; null when that is not known.</summary>
    internal IActorRef? Home { get; set; }

    /// <summary>The entities while the shard is here and not about to leave.</summary>
    internal EntitiesOfShard? Entities { get; set; }

    /// <summary>The entities while they stop.</summary>
    internal EntitiesOfShard? Closing { get; set; }

    /// <summary>The shard's actor, from its start until it has stopped.</summary>
    internal IActorRef? Actor { get; set; }

    internal Queue<HeldMessage> Held { get; private set; } = new();

    /// <summary>Whether the coordinator was asked for the home since the last tick.</summary>
    internal bool IsAsked { get; set; }

    /// <summary>Whether the shard failed here and is not started again yet; what is for it waits.</summary>
    internal bool BacksOff { get; set; }

    /// <summary>The last hand-off that was obeyed; older ones come late.</summary>
    internal long HandOffNumber { get; set; }

    /// <summary>The coordinator that waits for the shard to stop.</summary>
    internal IActorRef? HandOffBy { get; set; }

    /// <summary>Puts messages in front of those that wait; they are older.</summary>
    internal void HoldBackFirst(List<HeldMessage> older)
    {
        if (older.Count == 0) return;
        older.AddRange(Held);
        Held = new Queue<HeldMessage>(older);
    }
}
