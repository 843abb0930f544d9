namespace ActorScheduler.Node;

/// <summary>
/// How this program ends: the same numbers for all commands, so that supervisors and scripts can tell causes apart. <c>run</c> and
/// <c>task exec</c> end with the code of the command that they run; their own codes stand above 122.
/// </summary>
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

    /// <summary>Of a node: it could not join within its time. The program starts it anew and does not end with this.</summary>
    NotJoined = 8,

    /// <summary>Of <c>run</c>: what became of the task cannot be known, since its agent is gone.</summary>
    Lost = 123,

    /// <summary>Of <c>run</c>: the command took longer than <c>--timeout</c>.</summary>
    TimedOut = 124,

    /// <summary>Of <c>run</c> and <c>task exec</c>: the command was not started, or it is not known how it ended.</summary>
    NotStarted = 125,
}
