namespace ActorScheduler.Node.Daemon;

/// <summary>A node ended without having been asked to.</summary>
/// <param name="ExitCode">What the process ends with.</param>
/// <param name="Reason">A sentence for people.</param>
internal sealed record NodeEnd(ExitCode ExitCode, string Reason);
