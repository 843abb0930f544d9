namespace ActorScheduler.Gateway.Health;

/// <summary>One thing that has to be so for a node to be ready.</summary>
/// <param name="Name">What.</param>
/// <param name="Ok">Whether it is so.</param>
/// <param name="Detail">How it is, in words.</param>
internal sealed record HealthCheck(string Name, bool Ok, string Detail);
