using ActorScheduler.Model;

namespace ActorScheduler.Protocol;

/// <summary>
/// What is demanded of a message by itself that masters and agents tell each other. They check what they send; one that breaks these
/// rules comes of another version, or of somebody who is neither, and is dropped: it must not cost whoever gets it all it knows.
/// </summary>
public static class PeerRules
{
    /// <summary>Says what is wrong with a message, or null.</summary>
    public static Problem? Check(IProtocolMessage message) => message switch
    {
        RegisterAgent register => register.Info.Id != register.AgentId ? new Problem("info.id", $"must be '{register.AgentId}' too, is '{register.Info.Id}'") : null,
        UseOffers { OfferIds.Count: 0 } => new Problem("offer_ids", "must not be empty"),
        FrameworkRegistered registered => registered.Agents.Select(Check).FirstOrDefault(static found => found is not null),
        AgentStandingChanged changed => Check(changed.Standing),
        OffersUsed used => Check(used),
        ReportUpdates reports => reports.Updates.Any(static status => status.Uuid is null) ? new Problem("updates", "must have a uuid each") : null,
        AgentRegistered registered => TimeRules.Check("heartbeat_interval", registered.HeartbeatInterval, TimeRules.LongestTimer, mayBeZero: false)
            ?? Check(registered.Decisions),
        CarryOut carryOut => Check(carryOut.Decisions),
        EndTask end => TimeRules.Check("grace_period", end.GracePeriod, TimeRules.LongestTimer),
        _ => null,
    };

    private static Problem? Check(OffersUsed used) =>
        used.Agent is { } agent ? Check(agent) ?? (used.Role is null ? new Problem("role", "must be set with an agent") : null)
        : used.Problem is null ? new Problem("agent", "must be set without a problem") : null;

    private static Problem? Check(AgentStanding standing) =>
        standing is { State: AgentState.Registered, Agent: null } ? new Problem("standing.agent", "must be set for an agent that is registered") : null;

    private static Problem? Check(IReadOnlyList<AgentDecision> decisions) => decisions.OfType<AgentDecision.Drain>()
        .Select(static drain => TimeRules.Check("max_grace_period", drain.MaxGracePeriod, TimeRules.LongestTimer)).FirstOrDefault(static found => found is not null);
}
