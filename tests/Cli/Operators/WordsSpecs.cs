using ActorScheduler.Cli.Operators;
using ActorScheduler.Model;

namespace ActorScheduler.Cli.Specs.Operators;

public sealed class WordsSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 18, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0.25, "0.3 s")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(3600, "1 h")]
    [InlineData(7500, "2 h 5 min")]
    [InlineData(86_400, "1 day")]
    [InlineData(190_800, "2 days 5 h")]
    public void A_duration_has_its_two_largest_units(double seconds, string text) => Assert.Equal(text, Words.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("0", "2026-01-31 18:00:00Z")]
    [InlineData("90", "2026-01-31 18:01:30Z")]
    [InlineData("2026-02-01T09:30Z", "2026-02-01 09:30:00Z")]
    [InlineData("2026-02-01 09:30", "2026-02-01 09:30:00Z")]
    [InlineData("2026-02-01T09:30:15.5+02:00", "2026-02-01 07:30:15Z")]
    public void A_moment_is_a_time_or_a_number_of_seconds_from_now(string text, string moment) => Assert.Equal(moment, Words.Time(Moment.Parse("--start", text, Now).Value));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("2026-02-30T00:00Z")]
    [InlineData("18:00")]
    public void What_is_no_moment_is_answered_with_what_one_looks_like(string text) => Assert.Equal(
        $"--start: '{text}' must be a time, as in 2026-01-31T18:00Z, or a number of seconds from now", $"{Moment.Parse("--start", text, Now).Problem}");

    [Fact]
    public void The_past_has_a_distance_and_a_clock_that_is_ahead_has_none()
    {
        Assert.Equal("2026-01-31 17:59:00Z (1 min ago)", Words.TimeAgo(Now.AddMinutes(-1), Now));
        Assert.Equal("2026-01-31 18:01:00Z", Words.TimeAgo(Now.AddMinutes(1), Now));
        Assert.Equal("from 2026-01-31 18:00:00Z without end", Words.Time(new Unavailability(Now)));
    }

    [Theory]
    [InlineData(0, "18:00:00Z (0s ago)")]
    [InlineData(59.9, "17:59:00Z (59s ago)")]
    [InlineData(150, "17:57:30Z (2m ago)")]
    [InlineData(3 * 3600 + 1, "14:59:59Z (3h ago)")]
    [InlineData(19 * 3600, "2026-01-30T23:00:00Z (19h ago)")]
    [InlineData(86_400 * 12.5, "2026-01-19T06:00:00Z (12d ago)")]
    [InlineData(-5, "18:00:05Z")]
    public void A_time_in_a_list_has_its_age(double seconds, string text) => Assert.Equal(text, Words.TimeInList(Now.AddSeconds(-seconds), Now));

    [Fact]
    public void Facts_without_a_value_are_left_out() => Assert.Equal($"name        web{Environment.NewLine}understands much", Words.Facts(("name", "web"), ("labels", null), ("page", ""), ("understands", "much")));
}
