using System.Globalization;

namespace ActorScheduler.Model;

/// <summary>What a framework says of itself.</summary>
public sealed record FrameworkInfo
{
    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>As whom its tasks run unless they say otherwise; empty for whoever runs the agent.</summary>
    public string User { get; init; } = "";

    /// <summary>
    /// The label by which a framework that nobody comes back to ends by itself: the seconds after the last of its tasks has ended.
    /// </summary>
    public const string EndAfterLabel = "org.actorscheduler.end-after-seconds";

    private const int MaxText = 255;
    private const int MaxRoles = 10_000;

    /// <summary>The roles it wants offers in.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [RoleName.Default];

    /// <summary>What it understands.</summary>
    public FrameworkCapabilities Capabilities { get; init; } = FrameworkCapabilities.PartitionAware | FrameworkCapabilities.MultiRole
        | FrameworkCapabilities.ReservationRefinement | FrameworkCapabilities.TaskKillingState;

    /// <summary>
    /// How long its tasks go on without it. One week by default, unlike Mesos's zero, which ends all tasks when a scheduler
    /// restarts. Zero is allowed.
    /// </summary>
    public TimeSpan FailoverTimeout { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Who it is, where principals are used; cannot change later.</summary>
    public string? Principal { get; init; }

    /// <summary>Where it runs, for people.</summary>
    public string Hostname { get; init; } = "";

    /// <summary>Its own web page, or null.</summary>
    public string? WebUiUrl { get; init; }

    /// <summary>Free labels.</summary>
    public Labels Labels { get; init; } = Labels.Empty;

    /// <summary>
    /// How long after its last task has ended it is removed while its scheduler is not there; null for not at all. By
    /// <see cref="EndAfterLabel"/>.
    /// </summary>
    public TimeSpan? EndAfter => Labels.Where(static label => label.Key == EndAfterLabel).Select(static label => label.Value).FirstOrDefault() is { } text
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Which agents it wants to see, by role; null for all.</summary>
    public IReadOnlyDictionary<string, OfferConstraints>? Constraints { get; init; }

    /// <summary>Its own smallest offers by role, any one of several; null for the allocator's.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Quantities>>? MinimumAllocatable { get; init; }

    /// <summary>Says what is wrong with it, or null.</summary>
    public Problem? Check()
    {
        if (string.IsNullOrWhiteSpace(Name))
            return new Problem("name", $"must have 1 to {MaxText} characters");
        if (TextRules.CheckName("name", Name, MaxText) is { } badName)
            return badName;
        if (TimeRules.Check("failover_timeout", FailoverTimeout, TimeRules.Longest) is { } badTimeout)
            return badTimeout;
        if ((TextRules.CheckName("user", User, MaxText) ?? TextRules.CheckName("principal", Principal, MaxText)
            ?? TextRules.CheckName("hostname", Hostname, MaxText) ?? TextRules.CheckName("webui_url", WebUiUrl, TextRules.MaxPath)) is { } badText)
            return badText;
        if (Roles.Count is 0 or > MaxRoles)
            return new Problem("roles", Roles.Count == 0 ? "must not be empty" : $"must be at most {MaxRoles}");
        if (Roles.Count > 1 && !Capabilities.HasFlag(FrameworkCapabilities.MultiRole))
            return new Problem("roles", "several roles need the capability MULTI_ROLE");
        for (int i = 0; i < Roles.Count; i++)
        {
            if (RoleName.Check($"roles[{i}]", Roles[i]) is { } badRole)
                return badRole;
            if (Roles.Take(i).Contains(Roles[i]))
                return new Problem($"roles[{i}]", $"'{Roles[i]}' is named twice");
        }
        return null;
    }
}
