using ActorScheduler.Node.Daemon;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ActorScheduler.Node.Specs.Daemon;

/// <summary>When it is told that files get few.</summary>
public sealed class OpenFilesWatchSpecs
{
    [Fact]
    public void It_is_told_once_when_three_quarters_are_open_and_again_after_there_was_room()
    {
        var time = new FakeTimeProvider();
        var lines = new List<string>();
        int open = 100;
        using IDisposable watch = OpenFilesWatch.Start(new ListLog(lines), () => open, limit: 1000, time);

        Look(750);
        Assert.Empty(lines);
        Look(751);
        Look(700);
        Look(900);
        Assert.Contains("751 of 1000 files that this process may open are open", Assert.Single(lines), StringComparison.Ordinal);
        Look(599);
        Look(800);

        Assert.Equal(2, lines.Count);

        void Look(int now)
        {
            open = now;
            time.Advance(TimeSpan.FromSeconds(10));
        }
    }

    private sealed class ListLog(List<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.Add(formatter(state, exception));
    }
}
