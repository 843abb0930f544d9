namespace ActorScheduler.Model;

/// <summary>The result of a check that is reported and not interpreted. Without a value: it was tried and gave none in time.</summary>
/// <param name="Kind">What was tried.</param>
/// <param name="ExitCode">A command's exit code.</param>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Succeeded">Whether a connection came about.</param>
public sealed record CheckStatus(CheckKind Kind, int? ExitCode = null, int? StatusCode = null, bool? Succeeded = null);
