using System.Collections.Concurrent;
using ActorScheduler.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorScheduler.Client.Specs;

/// <summary>What a client says of itself while no master answers: nothing on its program's console, and little in its log.</summary>
[Collection(nameof(LogSpecs))]
[CollectionDefinition(nameof(LogSpecs), DisableParallelization = true)]
public sealed class LogSpecs
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Nothing_is_written_to_the_console()
    {
        (TextWriter output, TextWriter error) = (Console.Out, Console.Error);
        using var written = new StringWriter();
        Console.SetOut(written);
        Console.SetError(written);
        try
        {
            await TryInVain(new SchedulerClientOptions { Contacts = "127.0.0.1:1", RetryInterval = TimeSpan.FromMilliseconds(100) });
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }

        Assert.Equal("", written.ToString());
    }

    [Fact]
    public async Task The_log_says_once_that_no_master_answers()
    {
        using var kept = new Kept();

        await TryInVain(new SchedulerClientOptions { Contacts = "127.0.0.1:1", RetryInterval = TimeSpan.FromMilliseconds(100), Loggers = kept });

        (LogLevel level, string text) = Assert.Single(kept.Lines, static line => line.Level >= LogLevel.Information);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Contains("no master answers", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_dependency_injection_it_is_the_programs_own_log()
    {
        using var kept = new Kept();
        await using ServiceProvider services = new ServiceCollection().AddSingleton<ILoggerFactory>(kept)
            .AddActorScheduler(static options => options with { Contacts = "127.0.0.1:1", RetryInterval = TimeSpan.FromMilliseconds(100) }).BuildServiceProvider();
        using var limit = new CancellationTokenSource(Wait);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            services.GetRequiredService<SchedulerClient>().RegisterAsync(new FrameworkInfo { Name = "f" }, cancellation: limit.Token));

        Assert.Single(kept.Lines, static line => line.Text.Contains("no master answers", StringComparison.Ordinal));
    }

    private static async Task TryInVain(SchedulerClientOptions options)
    {
        await using var client = new SchedulerClient(options);
        using var limit = new CancellationTokenSource(Wait);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.RegisterAsync(new FrameworkInfo { Name = "f" }, cancellation: limit.Token));
    }

    private sealed class Kept : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue((logLevel, formatter(state, exception)));
    }
}
