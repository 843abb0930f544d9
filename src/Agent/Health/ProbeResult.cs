using ActorScheduler.Model;

namespace ActorScheduler.Agent.Health;

/// <summary>What one look at a task showed.</summary>
/// <param name="Problem">What is wrong, for people; null when it is well.</param>
/// <param name="Check">The bare result.</param>
internal sealed record ProbeResult(string? Problem, CheckStatus Check)
{
    /// <summary>Whether the task is well.</summary>
    public bool IsWell => Problem is null;

    /// <summary>A look that gave no result.</summary>
    public static ProbeResult Failed(HealthProbe probe, string problem) => new(problem, new CheckStatus(KindOf(probe)));

    /// <summary>What a probe is called in results.</summary>
    public static CheckKind KindOf(HealthProbe probe) => probe switch
    {
        HealthProbe.Command => CheckKind.Command,
        HealthProbe.Http => CheckKind.Http,
        HealthProbe.Tcp => CheckKind.Tcp,
        _ => CheckKind.Unknown,
    };
}
