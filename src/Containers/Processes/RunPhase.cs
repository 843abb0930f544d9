namespace ActorScheduler.Containers.Processes;

/// <summary>How far a run is.</summary>
internal enum RunPhase
{
    /// <summary>Nobody has looked yet.</summary>
    Unknown,

    /// <summary>There is none, or no longer.</summary>
    Absent,

    /// <summary>Its supervisor is there.</summary>
    Running,

    /// <summary>Nothing of it runs.</summary>
    Ended,
}
