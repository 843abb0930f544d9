namespace ActorScheduler.Containers.Processes;

/// <summary>What must be known of a run by whoever finds it after the agent's process has ended.</summary>
/// <param name="RunId">Which.</param>
/// <param name="AgentId">Whose.</param>
/// <param name="BootId">In which start of the host it was started.</param>
/// <param name="StartedAt">When, in hundredths of a second since then: older processes are not its own.</param>
/// <param name="Sandbox">Its working folder.</param>
/// <param name="Command">What runs, for messages.</param>
/// <param name="User">As whom; null for the agent's own user.</param>
/// <param name="HasGroup">Whether it has a control group.</param>
/// <param name="Environment">Its variables.</param>
/// <param name="Launch">The order's <see cref="ContainerOrder.Launch"/>.</param>
/// <param name="Program">The program that is run, as the task names it; null for a shell's line.</param>
internal sealed record RunFacts(
    string RunId, string AgentId, string BootId, long StartedAt, string Sandbox, string Command, Host.HostUser? User, bool HasGroup, IReadOnlyDictionary<string, string> Environment,
    string? Launch = null, string? Program = null)
{
    /// <summary>A variable that tells a run's processes from all others, as long as they keep it.</summary>
    public const string Marker = "ACTORSCHEDULER_RUN_ID";
}
