namespace ActorScheduler.Node;

/// <summary>How this program ends: the same numbers for all commands, so that supervisors and scripts can tell causes apart.</summary>
internal enum ExitCode
{
    /// <summary>Done; of a node: it left in good order.</summary>
    Done = 0,

    /// <summary>Something that should not happen happened.</summary>
    Failed = 1,

    /// <summary>A flag, a variable or a key of the configuration is not valid.</summary>
    Usage = 2,

    /// <summary>A port or a folder cannot be used.</summary>
    Unusable = 3,

    /// <summary>The cluster took this node for dead; starting it again makes it a member again.</summary>
    Downed = 4,

    /// <summary>The agent was refused for good; starting it again does not help.</summary>
    AgentRefused = 5,

    /// <summary>No master answered in time.</summary>
    NoAnswer = 6,

    /// <summary>The masters refused what was asked.</summary>
    Refused = 7,
}
