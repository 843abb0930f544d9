namespace ActorScheduler.Model;

/// <summary>Which times are taken from outside: what is larger overflows a clock, a timer or a number of seconds in JSON somewhere.</summary>
public static class TimeRules
{
    /// <summary>Longest span that is only kept and compared, as a failover time-out: a hundred years.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary>Longest span that a timer waits for: its milliseconds fit into 32 bits.</summary>
    public static readonly TimeSpan LongestTimer = TimeSpan.FromDays(24);

    /// <summary>Says what is wrong with a span, or null.</summary>
    /// <param name="field">What it is called.</param>
    /// <param name="span">The span; nothing is wrong with null.</param>
    /// <param name="longest">Longest that is taken.</param>
    /// <param name="mayBeZero">Whether zero is taken.</param>
    public static Problem? Check(string field, TimeSpan? span, TimeSpan longest, bool mayBeZero = true) => span switch
    {
        null => null,
        { } negative when negative < TimeSpan.Zero => new Problem(field, $"must not be negative, is {negative.TotalSeconds:0.###} s"),
        { } zero when zero == TimeSpan.Zero && !mayBeZero => new Problem(field, "must be more than 0"),
        { } given when given > longest => new Problem(field, $"must be at most {longest.TotalDays:0} days, is {given.TotalDays:0.#}"),
        _ => null,
    };

    /// <summary>Says what is wrong with a moment, or null: no clock here has ever shown it.</summary>
    /// <param name="field">What it is called.</param>
    /// <param name="moment">The moment; nothing is wrong with null.</param>
    public static Problem? Check(string field, DateTimeOffset? moment) =>
        moment < DateTimeOffset.UnixEpoch ? new Problem(field, $"must not lie before {DateTimeOffset.UnixEpoch:yyyy}, is {moment:u}") : null;

    /// <summary>A span that was kept before it was checked, as a timer takes it.</summary>
    public static TimeSpan ForTimer(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span > LongestTimer ? LongestTimer : span;
}
