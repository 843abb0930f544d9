using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace ActorScheduler.Node.Logging;

/// <summary>The program's log, to standard error, so that standard output is for answers.</summary>
internal static class ConsoleLog
{
    private const string Timestamp = "yyyy-MM-ddTHH:mm:ss.fffZ ";

    /// <param name="format">text, json, systemd or auto.</param>
    /// <param name="level">debug, info, warning or error.</param>
    internal static ILoggerFactory Create(string format, string level)
    {
        // systemd sets this for services whose output goes to the journal; it adds the time itself.
        bool isService = Environment.GetEnvironmentVariable("JOURNAL_STREAM") is { Length: > 0 };
        return LoggerFactory.Create(logging =>
        {
            logging.SetMinimumLevel(level switch
            {
                "debug" => LogLevel.Debug,
                "warning" => LogLevel.Warning,
                "error" => LogLevel.Error,
                _ => LogLevel.Information,
            });
            logging.AddFilter("Microsoft", LogLevel.Warning);
            // A server that cannot start is told in one sentence by the command itself.
            logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
            logging.Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            _ = format switch
            {
                "json" => logging.AddJsonConsole(static json =>
                {
                    json.UseUtcTimestamp = true;
                    json.TimestampFormat = Timestamp.TrimEnd();
                }),
                "systemd" => logging.AddSystemdConsole(),
                "auto" when isService => logging.AddSystemdConsole(),
                _ => logging.AddSimpleConsole(static text =>
                {
                    text.SingleLine = true;
                    text.UseUtcTimestamp = true;
                    text.TimestampFormat = Timestamp;
                    text.ColorBehavior = Console.IsErrorRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }
                        ? LoggerColorBehavior.Disabled
                        : LoggerColorBehavior.Default;
                }),
            };
        });
    }
}
