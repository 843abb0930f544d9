using ActorScheduler.Model;

namespace ActorScheduler.Client;

/// <summary>A request to leave an agent before it goes away, or the news that it is off.</summary>
/// <param name="Id">Which request.</param>
/// <param name="Offer">Which agent, and when it will be away; null when the request is off.</param>
public sealed record LeaveRequest(InverseOfferId Id, InverseOffer? Offer);
