using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Operators;

/// <summary>How people are told of a framework: its facts, and why it is not offered what it wants.</summary>
internal static class FrameworkText
{
    /// <summary>Its id with its name.</summary>
    internal static string Name(FrameworkSummary framework) => framework.Info is { } info ? $"{framework.Id} ({info.Name})" : $"{framework.Id}";

    /// <summary>All that is known of a framework, a line each.</summary>
    /// <param name="framework">As the allocator knows it.</param>
    /// <param name="book">As its own actor knows it.</param>
    /// <param name="now">Wall clock.</param>
    internal static string Facts(FrameworkSummary framework, FrameworkSnapshot book, DateTimeOffset now)
    {
        FrameworkInfo? info = framework.Info ?? book.Info;
        return Words.Facts(
            ("framework", framework.Id.Value),
            ("name", info?.Name),
            ("roles", info is null ? null : string.Join(", ", info.Roles)),
            ("state", Standing(framework, book, now)),
            ("tasks", $"{book.Live}"),
            ("updates", book.Unacknowledged == 0 ? "all acknowledged" : $"{book.Unacknowledged} not acknowledged"),
            ("used", Words.Amounts(framework.Used)),
            ("offered", Words.Amounts(framework.Offered)),
            ("failover", info is null ? null : $"{Words.Duration(info.FailoverTimeout)} until its tasks end when its scheduler is gone"),
            ("host", info?.Hostname),
            ("page", info?.WebUiUrl),
            ("user", info?.User),
            ("principal", info?.Principal),
            ("understands", info is null ? null : $"{info.Capabilities}"),
            ("labels", info is null || info.Labels.Count == 0 ? null : string.Join(", ", info.Labels.Select(static label => label.Value is null ? label.Key : $"{label.Key}={label.Value}"))));
    }

    /// <summary>Why a framework has what it has, and what keeps it from offers.</summary>
    /// <param name="framework">As the allocator knows it.</param>
    /// <param name="book">As its own actor knows it, with the first of its tasks.</param>
    /// <param name="offers">What it is offered and has not answered.</param>
    /// <param name="roles">What the allocator says of each of its roles.</param>
    /// <param name="now">Wall clock.</param>
    internal static IReadOnlyList<string> Why(
        FrameworkSummary framework, FrameworkSnapshot book, IReadOnlyList<Offer> offers, IReadOnlyList<(string Role, OffersExplained Explained)> roles,
        DateTimeOffset now)
    {
        var lines = new List<string>
        {
            $"Framework {Name(framework)} is {Standing(framework, book, now)}.",
            $"It has {Words.Count(book.Live, "task")} that {(book.Live == 1 ? "has" : "have")} not ended{States(book)}.",
            offers.Count == 0 ? "It holds no offers."
                : $"It holds {Words.Count(offers.Count, "offer")} of {offers.Aggregate(Resources.Empty, static (sum, offer) => sum.Add(offer.Resources))} that it has not answered.",
        };
        if (book.Unacknowledged > 0)
            lines.Add($"{Words.Count(book.Unacknowledged, "update")} {(book.Unacknowledged == 1 ? "is" : "are")} not acknowledged.");
        if (roles.Count == 0)
            lines.Add("In which roles it wants offers is not known before it has registered again.");
        foreach ((string role, OffersExplained explained) in roles)
        {
            lines.Add($"In role {role}: {explained.Verdict}.");
            lines.AddRange(ObstacleText.Counts(explained.Obstacles).Select(static count => $"  {count}"));
        }
        return lines;
    }

    private static string Standing(FrameworkSummary framework, FrameworkSnapshot book, DateTimeOffset now) =>
        framework.Info is null ? "known by its tasks only: it has not registered since the masters' last change"
        : book.IsConnected ? "connected"
        : book.DisconnectedSince is { } since ? $"not connected, since {Words.TimeAgo(since, now)}"
        : "not connected";

    private static string States(FrameworkSnapshot book)
    {
        TaskState[] states = [.. book.Tasks.Select(static task => task.Status.State).Where(static state => !state.IsTerminal())];
        return states.Length == 0 ? "" : (book.HasMore ? $"; of the first {states.Length}, " : ": ") + string.Join(
            ", ", states.GroupBy(static state => state).OrderBy(static group => group.Key).Select(static group => $"{group.Count()} {group.Key}"));
    }
}
