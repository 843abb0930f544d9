namespace ActorScheduler.Model;

/// <summary>A planned time in which an agent may be away.</summary>
/// <param name="Start">Begin, wall clock.</param>
/// <param name="Duration">How long, or null for without end.</param>
public sealed record Unavailability(DateTimeOffset Start, TimeSpan? Duration = null);
