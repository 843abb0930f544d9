namespace ActorScheduler.Allocation;

/// <summary>Why an offer ended without an answer.</summary>
public enum RescindReason
{
    /// <summary>It was not answered in time.</summary>
    Expired,

    /// <summary>The agent was removed or declared gone.</summary>
    AgentRemoved,

    /// <summary>The agent is unreachable, deactivated or being drained.</summary>
    AgentInactive,

    /// <summary>The agent's resources or facts changed.</summary>
    AgentChanged,

    /// <summary>The framework was removed, deactivated or left the role.</summary>
    FrameworkInactive,

    /// <summary>Quota, a reservation or another operator's decision needs the resources.</summary>
    Reclaimed,

    /// <summary>Another offer of the same acceptance was not valid, so that nothing of it was done.</summary>
    AcceptanceInvalid,
}
