using ActorScheduler.Model;

namespace ActorScheduler.Containers;

/// <summary>A container that was found, and what is written on it for whoever finds it.</summary>
/// <param name="RunId">Its run.</param>
/// <param name="AgentId">The agent that has started it.</param>
/// <param name="Runs">Whether it runs.</param>
public sealed record FoundContainer(string RunId, AgentId AgentId, bool Runs)
{
    /// <summary>What it was started for, as its order's <see cref="ContainerOrder.Launch"/> said; null when that was too long, or nothing.</summary>
    public string? Launch { get; init; }

    /// <summary>Which task it runs, for people; null when it does not say.</summary>
    public string? Task { get; init; }

    /// <summary>What the task takes, as text; null when it does not say.</summary>
    public string? Resources { get; init; }

    /// <summary>What ends it, for people: a command line on its host.</summary>
    public string EndedBy { get; init; } = "";
}
