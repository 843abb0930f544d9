using ActorScheduler.Model;

namespace ActorScheduler.Protocol;

/// <summary>How an agent is able to run containers just now. Two that say the same are equal.</summary>
/// <param name="Containerizers">Each by itself, in the order in which they are asked for a task.</param>
/// <param name="Trouble">What keeps the agent as a whole from taking tasks, such as a checkpoint that cannot be written; or null.</param>
public sealed record AgentCondition(IReadOnlyList<ContainerizerCondition> Containerizers, string? Trouble = null)
{
    /// <summary>Whether no container can be started: then the agent is offered to nobody.</summary>
    public bool IsDegraded => Trouble is not null || (Containerizers.Count > 0 && Containerizers.All(static one => one.Trouble is not null));

    /// <summary>Kinds of containers that can be started now.</summary>
    public ContainerKinds Kinds => Containerizers.Where(static one => one.Trouble is null)
        .Aggregate(ContainerKinds.None, static (all, one) => all | one.Kinds);

    /// <summary>All that is wrong, for people; null when nothing is.</summary>
    public string? Why
    {
        get
        {
            string[] all =
            [
                .. new[] { Trouble }.OfType<string>(),
                .. Containerizers.Where(static one => one.Trouble is not null).Select(static one => $"{one.Name}: {one.Trouble}"),
            ];
            return all.Length == 0 ? null : string.Join("; ", all);
        }
    }

    /// <summary>Why containers of a kind that the agent runs otherwise cannot be started now; null when it never runs them, or does.</summary>
    public string? WhyNot(ContainerKinds kind) => Containerizers.Any(one => one.Trouble is null && (one.Kinds & kind) != 0)
        ? null
        : Containerizers.Where(one => (one.Kinds & kind) != 0).Select(static one => $"{one.Name} does not work on the agent just now: {one.Trouble}").FirstOrDefault();

    /// <inheritdoc/>
    public bool Equals(AgentCondition? other) => other is not null && Trouble == other.Trouble && Containerizers.SequenceEqual(other.Containerizers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Trouble, Containerizers.Count);
}

/// <summary>How one containerizer of an agent is.</summary>
/// <param name="Name">Its name in <c>--containerizers</c>.</param>
/// <param name="Kinds">Kinds of containers that it runs while it works.</param>
/// <param name="Trouble">Why no container of it can be started or seen now, in one sentence; null when it works.</param>
public sealed record ContainerizerCondition(string Name, ContainerKinds Kinds, string? Trouble = null);
