namespace ActorScheduler.Model;

/// <summary>Where a task really runs.</summary>
/// <param name="ContainerId">The engine's id, or the agent's own for a plain process.</param>
/// <param name="Addresses">Its network addresses.</param>
/// <param name="ProcessId">Its first process on the host; null while unknown.</param>
/// <param name="Sandbox">Its working directory on the host; null while unknown.</param>
public sealed record ContainerStatus(string ContainerId, IReadOnlyList<string> Addresses, int? ProcessId = null, string? Sandbox = null);
