using System.Collections.Concurrent;
using ActorScheduler.Protocol.Logging;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Event;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Logging;
using MicrosoftLogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace ActorScheduler.Node.Specs;

public sealed class MicrosoftLoggerSpecs : TestKit
{
    private static readonly Kept Written = new();

    public MicrosoftLoggerSpecs()
        : base(ActorSystemSetup.Create(new LoggingSetup(Written), BootstrapSetup.Create().WithConfig(LoggingSetup.Config + "\nakka.loglevel = INFO")))
    {
    }

    [Fact]
    public void Placeholders_become_named_values_under_the_sources_category()
    {
        var source = $"spec-{Guid.NewGuid():N}";
        Akka.Event.Logging.GetLogger(Sys.EventStream, source, SemanticLogMessageFormatter.Instance).Warning("Task {TaskId} ended on {AgentId}", "t1", "a1");

        AwaitCondition(() => Written.Entries.Any(e => e.Category == source));

        var entry = Written.Entries.Single(e => e.Category == source);
        Assert.Equal(MicrosoftLogLevel.Warning, entry.Level);
        Assert.Equal("Task t1 ended on a1", entry.Text);
        Assert.Equal("t1", entry.Values["TaskId"]);
        Assert.Equal("a1", entry.Values["AgentId"]);
        Assert.Equal("Task {TaskId} ended on {AgentId}", entry.Values["{OriginalFormat}"]);
    }

    [Fact]
    public void An_exception_comes_along_and_levels_below_the_configured_one_do_not()
    {
        var source = $"spec-{Guid.NewGuid():N}";
        var log = Akka.Event.Logging.GetLogger(Sys.EventStream, source);
        log.Debug("not wanted");
        log.Error(new InvalidOperationException("cause"), "failed");

        AwaitCondition(() => Written.Entries.Any(e => e.Category == source && e.Level == MicrosoftLogLevel.Error));

        var entry = Assert.Single(Written.Entries, e => e.Category == source);
        Assert.Equal("cause", entry.Cause?.Message);
    }

    private sealed record Entry(string Category, MicrosoftLogLevel Level, string Text, Exception? Cause, Dictionary<string, object?> Values);

    private sealed class Kept : ILoggerFactory
    {
        internal ConcurrentQueue<Entry> Entries { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }

        private sealed class Logger(Kept kept, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(MicrosoftLogLevel logLevel) => true;

            public void Log<TState>(MicrosoftLogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var values = ((IEnumerable<KeyValuePair<string, object?>>)state!).ToDictionary();
                kept.Entries.Enqueue(new Entry(category, logLevel, formatter(state, exception), exception, values));
            }
        }
    }
}
