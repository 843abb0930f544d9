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
        : $"{agent.State}";

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
            yield return "Its agent is degraded: an engine or its checkpoint fails.";
        if (agent.Unavailability is { } away)
            yield return $"Its agent is to be away {Words.Time(away)}.";
    }
}
