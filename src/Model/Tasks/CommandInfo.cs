namespace ActorScheduler.Model;

/// <summary>What to run.</summary>
/// <param name="Value">With <paramref name="Shell"/> a line for <c>/bin/sh -c</c>, else the program; null to run what the image says.</param>
/// <param name="Arguments">Arguments of the program, its name as the first; unused with a shell.</param>
/// <param name="Shell">Whether a shell reads it.</param>
/// <param name="Environment">Variables by name.</param>
/// <param name="User">As whom to run; null for the framework's user.</param>
/// <param name="Artifacts">What to fetch into the sandbox first.</param>
public sealed record CommandInfo(
    string? Value = null, IReadOnlyList<string>? Arguments = null, bool Shell = true, IReadOnlyDictionary<string, string>? Environment = null,
    string? User = null, IReadOnlyList<Artifact>? Artifacts = null);
