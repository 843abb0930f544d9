using System.Globalization;
using ActorScheduler.Model;

namespace ActorScheduler.Cli.Operators;

/// <summary>How commands write times, durations, numbers of things and lists of facts. Times are UTC.</summary>
internal static class Words
{
    /// <summary>Room for a fact's name.</summary>
    private const int NameWidth = 12;

    /// <summary>A moment: <c>2026-01-31 18:00:00Z</c>.</summary>
    internal static string Time(DateTimeOffset moment) => moment.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A moment of the past with its distance: <c>2026-01-31 18:00:00Z (5 min ago)</c>; a host whose clock is ahead gets none.</summary>
    internal static string TimeAgo(DateTimeOffset moment, DateTimeOffset now) => moment > now ? Time(moment) : $"{Time(moment)} ({Duration(now - moment)} ago)";

    /// <summary>A time of the past in a list, with its age: <c>18:00:00Z (2m ago)</c>, before today with its date.</summary>
    internal static string TimeInList(DateTimeOffset moment, DateTimeOffset now)
    {
        string text = moment.ToUniversalTime().ToString(moment.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return moment > now ? text : $"{text} ({Age(now - moment)} ago)";
    }

    /// <summary>An age in its largest unit, rounded down: <c>5s</c>, <c>2m</c>, <c>3h</c>, <c>4d</c>.</summary>
    internal static string Age(TimeSpan age) => string.Create(CultureInfo.InvariantCulture, $"{age switch
    {
        { TotalMinutes: < 1 } => $"{(int)age.TotalSeconds}s",
        { TotalHours: < 1 } => $"{(int)age.TotalMinutes}m",
        { TotalDays: < 1 } => $"{(int)age.TotalHours}h",
        _ => $"{(int)age.TotalDays}d",
    }}");

    /// <summary>A duration in its two largest units: <c>2 h 5 min</c>.</summary>
    internal static string Duration(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
        { TotalHours: < 1 } => $"{time.Minutes} min{(time.Seconds > 0 ? $" {time.Seconds} s" : "")}",
        { TotalDays: < 1 } => $"{time.Hours} h{(time.Minutes > 0 ? $" {time.Minutes} min" : "")}",
        _ => $"{Count(time.Days, "day")}{(time.Hours > 0 ? $" {time.Hours} h" : "")}",
    };

    /// <summary>When something is away: <c>from 2026-01-31 18:00:00Z for 2 h</c>.</summary>
    internal static string Time(Unavailability away) => $"from {Time(away.Start)} {(away.Duration is { } duration ? $"for {Duration(duration)}" : "without end")}";

    /// <summary>A number of things: <c>1 agent</c>, <c>2 agents</c>.</summary>
    internal static string Count(int number, string thing) => string.Create(CultureInfo.InvariantCulture, $"{number} {thing}{(number == 1 ? "" : "s")}");

    /// <summary>Resources, or that there are none.</summary>
    internal static string Amounts(Resources resources) => resources.IsEmpty ? "nothing" : resources.ToString();

    /// <summary>A list of facts, a line each with its name before it; those without a value are left out.</summary>
    internal static string Facts(params IEnumerable<(string Name, string? Value)> facts) => string.Join(
        Environment.NewLine, facts.Where(static fact => !string.IsNullOrEmpty(fact.Value)).Select(static fact => fact.Name.PadRight(NameWidth) + fact.Value));
}
