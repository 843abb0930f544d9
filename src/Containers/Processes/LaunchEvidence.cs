namespace ActorScheduler.Containers.Processes;

/// <summary>What is known, when a run has ended, of how its program was started.</summary>
/// <param name="LastError">The last line of its errors; null or empty when there is none.</param>
/// <param name="IsExecutable">Whether its program may be executed; null when there is no such program.</param>
internal readonly record struct LaunchEvidence(string? LastError, bool? IsExecutable);
