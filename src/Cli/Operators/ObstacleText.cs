using ActorScheduler.Allocation.Explain;

namespace ActorScheduler.Cli.Operators;

/// <summary>What keeps an agent from being offered, in words.</summary>
internal static class ObstacleText
{
    /// <summary>A clause about one agent or several; an obstacle of another version of the masters is given by its name.</summary>
    internal static string Of(string name) => Enum.TryParse(name, out Obstacle obstacle) ? Of(obstacle) : name;

    /// <summary>How many agents fail for which reason, a clause each, most first.</summary>
    internal static IEnumerable<string> Counts(IReadOnlyDictionary<string, int> obstacles) =>
        obstacles.OrderByDescending(static obstacle => obstacle.Value).ThenBy(static obstacle => obstacle.Key, StringComparer.Ordinal)
            .Select(static obstacle => $"{Words.Count(obstacle.Value, "agent")}: {Of(obstacle.Key)}");

    private static string Of(Obstacle obstacle) => obstacle switch
    {
        Obstacle.None => "nothing is in the way there",
        Obstacle.AgentInactive => "deactivated or degraded",
        Obstacle.AgentUnreachable => "cannot be reached",
        Obstacle.AgentDraining => "being emptied",
        Obstacle.GpuFence => "has gpus, and the framework does not understand them (GPU_RESOURCES)",
        Obstacle.Region => "in another region, and the framework does not understand that (REGION_AWARE)",
        Obstacle.Attribute => "does not satisfy the framework's constraints",
        Obstacle.Reservation => "enough is there, but reserved for others or of a kind that the framework does not understand",
        Obstacle.Cpus => "not enough cpus",
        Obstacle.Mem => "not enough mem",
        Obstacle.Disk => "not enough disk",
        Obstacle.Gpus => "not enough gpus",
        Obstacle.Ports => "not enough ports",
        Obstacle.OtherResource => "not enough of another resource",
        Obstacle.OfferHeldByItself => "enough is there, in open offers of the framework itself",
        Obstacle.OfferHeldByAnother => "enough is there, in open offers of others",
        Obstacle.HeldForRequest => "held for a large request of another framework",
        Obstacle.QuotaLimit => "the role's limit leaves no room",
        Obstacle.QuotaHeadroom => "what is idle is kept for guarantees of other roles",
        Obstacle.Filter => "the framework refused it and is not asked again yet",
        _ => obstacle.ToString(),
    };
}
