namespace ActorScheduler.Model;

/// <summary>A planned time in which an agent may be away.</summary>
/// <param name="Start">Begin, wall clock.</param>
/// <param name="Duration">How long, or null for without end.</param>
public sealed record Unavailability(DateTimeOffset Start, TimeSpan? Duration = null)
{
    /// <summary>Says what is wrong with it, or null.</summary>
    public Problem? Check() => Start == default
        ? new Problem("start", "must be set: when the agent is away")
        : TimeRules.Check("start", Start) ?? TimeRules.Check("duration", Duration, TimeRules.Longest, mayBeZero: false)
            ?? (Duration > DateTimeOffset.MaxValue - Start ? new Problem("duration", "ends after the last year that there is") : null);
}
