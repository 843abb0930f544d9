namespace ActorScheduler.Model;

/// <summary>Asks a framework to give back what it uses on an agent before the agent becomes unavailable. Advisory.</summary>
/// <param name="Id">Names the request.</param>
/// <param name="FrameworkId">Who is asked.</param>
/// <param name="AgentId">Which agent.</param>
/// <param name="Unavailability">When it will be away.</param>
public sealed record InverseOffer(InverseOfferId Id, FrameworkId FrameworkId, AgentId AgentId, Unavailability Unavailability);
