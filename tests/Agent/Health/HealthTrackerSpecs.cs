using ActorScheduler.Agent.Health;
using ActorScheduler.Model;

namespace ActorScheduler.Agent.Specs.Health;

public sealed class HealthTrackerSpecs
{
    private static readonly HealthProbe Probe = new HealthProbe.Tcp(80);
    private static readonly HealthCheck Check = new() { Probe = Probe, ConsecutiveFailures = 3, GracePeriod = TimeSpan.FromSeconds(10) };
    private static readonly ProbeResult Well = new(null, new CheckStatus(CheckKind.Tcp, Succeeded: true));
    private static readonly ProbeResult Unwell = ProbeResult.Failed(Probe, "refused");

    [Theory]
    [InlineData("+++", "n..")] // The first success is news, others are not.
    [InlineData("+-+-+", "nnnnn")] // Each change is.
    [InlineData("---", "...")] // During the grace period nothing counts: seconds 1, 2, 3.
    [InlineData("+---", "nn.K")] // After a success the grace period is over: three in a row are the end.
    [InlineData("+--+--", "nn.nn.")] // A success between begins the count anew.
    public void What_is_seen_becomes_news_and_an_end(string seen, string meant)
    {
        Assert.Equal(meant, Run(new HealthTracker(Check, Given.Now), seen, 1));
    }

    [Fact]
    public void After_the_grace_period_failures_count_without_any_success() =>
        // Seconds 8 to 10 are within it; 11 is the first that counts, 13 the third.
        Assert.Equal("...n.K", Run(new HealthTracker(Check, Given.Now), "------", 8));

    [Fact]
    public void What_was_known_before_a_restart_is_no_news_and_ends_the_grace_period()
    {
        Assert.Equal(".n.K", Run(new HealthTracker(Check, Given.Now, healthy: true), "+---", 1));
        Assert.Equal("..K", Run(new HealthTracker(Check, Given.Now, healthy: false), "---", 1));
    }

    private static string Run(HealthTracker tracker, string seen, int from) => string.Concat(seen.Select((sign, i) =>
        tracker.Note(sign == '+' ? Well : Unwell, Given.Now + TimeSpan.FromSeconds(from + i)) switch
        {
            { IsFatal: true } => 'K',
            { IsNews: true } => 'n',
            _ => '.',
        }));
}
