namespace ActorScheduler.Model;

/// <summary>Makes a disk resource a persistent volume: its data outlives tasks, executors and frameworks.</summary>
/// <param name="Id">Unique per role on the agent; becomes a directory name.</param>
/// <param name="Principal">Who created it, or null.</param>
public sealed record Persistence(string Id, string? Principal = null);
