namespace ActorScheduler.Allocation.Specs.Properties;

/// <summary>The order in which an agent is offered.</summary>
internal enum Stage
{
    /// <summary>To roles that a guarantee is owed to.</summary>
    Owed,

    /// <summary>To all, by share.</summary>
    Fair,

    /// <summary>To roles at their limit that something is reserved for.</summary>
    Reserved,
}
