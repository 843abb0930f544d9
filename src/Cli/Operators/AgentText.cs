using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Operators;

/// <summary>How people are told of an agent.</summary>
internal static class AgentText
{
    /// <summary>Its id with its host.</summary>
    internal static string Name(AgentSummary agent) => $"{agent.Info.Id} ({agent.Info.Hostname})";

    /// <summary>How it stands, and what keeps new tasks off it.</summary>
    internal static string State(AgentSummary agent) =>
        agent.State == AgentState.Gone ? $"{agent.State}"
        : agent.IsDraining ? $"{agent.State}, {(agent is { State: AgentState.Registered, Tasks: 0 } ? "drained" : "draining")}"
        : agent.IsDegraded ? $"{agent.State}, degraded"
        : agent is { State: AgentState.Registered, IsActive: false } ? $"{agent.State}, inactive"
        : Broken(agent) is { Length: > 0 } broken ? $"{agent.State}, without {string.Join(" and ", broken.Select(static one => one.Name))}"
        : $"{agent.State}";

    /// <summary>Each of its containerizers, and why it does not work; null when the agent does not tell.</summary>
    internal static string? Containerizers(AgentSummary agent) => agent.Condition is { Containerizers.Count: > 0 } condition
        ? string.Join("; ", condition.Containerizers.Select(static one => $"{one.Name} ({Kinds(one.Kinds)}): {(one.Trouble is null ? "works" : $"does not work: {one.Trouble}")}"))
        : null;

    /// <summary>Why it is degraded.</summary>
    internal static string Why(AgentSummary agent) => agent.Condition?.Why ?? "an engine or its checkpoint fails";

    /// <summary>What became of taking it back into service: it may be so, and still take no tasks.</summary>
    internal static string Reactivated(AgentSummary agent)
    {
        string[] troubles = [.. Troubles(agent)];
        return troubles.Length == 0
            ? $"{Name(agent)} takes tasks again."
            : $"{Name(agent)} is in service again, {(agent is { State: AgentState.Registered, IsActive: true } ? "but not all is well" : "but takes no tasks yet")}. {string.Join(" ", troubles)}";
    }

    /// <summary>What stands in the way of tasks on it, a sentence each; none when all is well.</summary>
    internal static IEnumerable<string> Troubles(AgentSummary agent)
    {
        switch (agent.State)
        {
            case AgentState.Unreachable:
                yield return "Its agent does not answer.";
                break;
            case AgentState.Recovering:
                yield return "Its agent has not been heard of yet since the masters' last change.";
                break;
            case AgentState.Gone:
                yield return "Its agent was declared gone for good.";
                break;
            case AgentState.Unknown:
                yield return "Its agent has left.";
                break;
        }
        if (agent.State == AgentState.Gone)
            yield break;
        if (agent.IsDraining)
            yield return agent.DrainDeadline is { } deadline ? $"Its agent is being emptied by {Words.Time(deadline)}." : "Its agent is being emptied.";
        else if (agent is { IsActive: false, IsDegraded: false, State: AgentState.Registered })
            yield return "Its agent takes no new tasks: it was deactivated.";
        if (agent.IsDegraded)
            yield return $"Its agent is degraded: {Why(agent).TrimEnd('.')}.";
        else
        {
            foreach (ContainerizerCondition one in Broken(agent))
                yield return $"Its agent starts nothing with {one.Name}: {one.Trouble!.TrimEnd('.')}.";
        }
        if (agent.Unavailability is { } away)
            yield return $"Its agent is to be away {Words.Time(away)}.";
    }

    private static ContainerizerCondition[] Broken(AgentSummary agent) => agent.State == AgentState.Registered && agent.Condition is { } condition
        ? [.. condition.Containerizers.Where(static one => one.Trouble is not null)]
        : [];

    private static string Kinds(ContainerKinds kinds) => string.Join(
        " and ", new[] { kinds.HasFlag(ContainerKinds.Process) ? "plain processes" : null, kinds.HasFlag(ContainerKinds.Image) ? "images" : null }.OfType<string>());
}
