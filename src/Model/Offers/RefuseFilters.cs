namespace ActorScheduler.Model;

/// <summary>How long a framework does not want to see again what it leaves of an offer.</summary>
public static class RefuseFilters
{
    /// <summary>Used when a framework says nothing, or something that is not a length of time.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(5);

    /// <summary>Longest refusal; longer ones are cut.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromDays(365);

    /// <summary>Mesos's reading of <c>refuse_seconds</c>: absent, negative and not a number mean the default, 0 means no filter.</summary>
    public static TimeSpan FromSeconds(double? seconds)
    {
        if (seconds is not { } given || double.IsNaN(given) || given < 0)
            return Default;
        return given >= Max.TotalSeconds ? Max : TimeSpan.FromSeconds(given);
    }
}
