namespace Akka.Pattern;

/// <summary>When a backoff supervisor forgets how often it has restarted its child.</summary>
public interface IBackoffReset;

/// <summary>When the child says so, by <see cref="BackoffSupervisor.Reset" />.</summary>
internal sealed record ManualReset : IBackoffReset;

/// <summary>When the child has run for a time without being restarted.</summary>
internal sealed record AutoReset(TimeSpan ResetBackoff) : IBackoffReset;
