namespace ActorScheduler.Containers;

/// <summary>Exit codes that shells and container engines give in place of a program's own.</summary>
internal static class ExitCodes
{
    /// <summary>There is the program, and it may not be executed.</summary>
    public const int NotExecutable = 126;

    /// <summary>There is no such program.</summary>
    public const int NotFound = 127;

    /// <summary>A signal ended it, whose number is added.</summary>
    public const int Signal = 128;
}
