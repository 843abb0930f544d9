namespace ActorScheduler.Processes;

/// <summary>Where the program is that suites start as a process.</summary>
public static class NodeProgram
{
    /// <summary>The one that is shipped, compiled ahead of time, where scripts/test says where it is; else the one beside the suite.</summary>
    public static string Assembly { get; } = Environment.GetEnvironmentVariable("ACTORSCHEDULER_PROGRAM") is { Length: > 0 } path
        ? path
        : Path.Combine(AppContext.BaseDirectory, "asched.dll");
}
