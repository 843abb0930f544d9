namespace ActorScheduler.Model;

/// <summary>Something to fetch into a sandbox before a task starts.</summary>
/// <param name="Uri">http, https or file.</param>
/// <param name="Extract">Whether archives are unpacked.</param>
/// <param name="Executable">Whether it is made executable, instead of unpacked.</param>
/// <param name="Cache">Whether the agent may keep it for later tasks.</param>
/// <param name="OutputFile">Its name in the sandbox; null for the last part of the address.</param>
public sealed record Artifact(string Uri, bool Extract = true, bool Executable = false, bool Cache = false, string? OutputFile = null);
