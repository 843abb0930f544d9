namespace ActorScheduler.Model;

/// <summary>Where a host stands: what fails together.</summary>
/// <param name="Region">Far apart from other regions; latency between them is high.</param>
/// <param name="Zone">Within the region; zones fail separately and are close.</param>
public sealed record FaultDomain(string Region, string Zone);
