namespace ActorScheduler.Allocation;

/// <summary>Kinds of refusal.</summary>
public enum RefusalKind
{
    /// <summary>An argument is not valid by itself.</summary>
    Invalid,

    /// <summary>No such framework, agent, offer, role or task.</summary>
    Unknown,

    /// <summary>It is there already.</summary>
    Duplicate,

    /// <summary>It contradicts what is: resources in use, a cluster too small.</summary>
    Conflict,

    /// <summary>A limit of <see cref="AllocationOptions"/> is reached.</summary>
    LimitReached,
}
