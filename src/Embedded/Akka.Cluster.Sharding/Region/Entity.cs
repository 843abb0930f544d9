using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>Where an entity stands; see <see cref="EntitiesOfShard"/>.</summary>
internal enum EntityState : byte
{
    Absent,
    Starting,
    Active,
    Passivating,
    Resting,
    Forgetting,
}

/// <summary>One entity. Touched under the lock of its shard's <see cref="EntitiesOfShard"/>.</summary>
internal sealed class Entity(string id)
{
    internal string Id => id;

    internal IActorRef? Ref { get; set; }

    /// <summary>When it last got a message, in milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    internal long LastUsed { get; set; }

    internal List<HeldMessage>? Held { get; set; }

    internal EntityState State { get; set; }

    /// <summary>Whether the store of remembered entities has it.</summary>
    internal bool IsRemembered { get; set; }

    /// <summary>Whether it had been asked to stop when it did.</summary>
    internal bool WasPassivating { get; set; }
}
