namespace ActorScheduler.Model;

/// <summary>Resources of one agent that one framework may use in one role until it answers, or until the offer ends.</summary>
/// <param name="Id">Names the offer.</param>
/// <param name="FrameworkId">To whom.</param>
/// <param name="Role">In which role; all resources are unreserved, or reserved for it or a role above it.</param>
/// <param name="Agent">Whose resources.</param>
/// <param name="Resources">What may be used.</param>
/// <param name="Unavailability">Planned maintenance of the agent, or null.</param>
/// <param name="IsSlice">Whether it was cut to the size that the framework asked for.</param>
public sealed record Offer(
    OfferId Id, FrameworkId FrameworkId, string Role, AgentInfo Agent, Resources Resources, Unavailability? Unavailability = null,
    bool IsSlice = false);
