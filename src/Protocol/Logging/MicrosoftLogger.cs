using Akka.Actor;
using Akka.Event;
using Microsoft.Extensions.Logging;

namespace ActorScheduler.Protocol.Logging;

/// <summary>
/// Writes the log events of an actor system to Microsoft.Extensions.Logging, with the source as the category and the
/// placeholders of the message as named values. Named by <c>akka.loggers</c>; the factory comes by <see cref="LoggingSetup"/>.
/// </summary>
public sealed class MicrosoftLogger : ReceiveActor
{
    private readonly ILoggerFactory _factory;

    /// <exception cref="LoggerInitializationException">The system was started without a <see cref="LoggingSetup"/>.</exception>
    public MicrosoftLogger()
    {
        var setup = Context.System.Settings.Setup.Get<LoggingSetup>();
        _factory = setup.HasValue
            ? setup.Value.Factory
            : throw new LoggerInitializationException($"akka.loggers names {nameof(MicrosoftLogger)}, but the system has no {nameof(LoggingSetup)}");
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(Write);
    }

    private void Write(LogEvent logEvent)
    {
        var logger = _factory.CreateLogger(logEvent.LogSource);
        var level = EngineLevels.Of(logEvent);
        if (!logger.IsEnabled(level)) return;
        var values = logEvent.Message is LogMessage message ? TemplateValues.Of(message) : TemplateValues.Of(logEvent.Message?.ToString() ?? "");
        logger.Log(level, default, values, logEvent.Cause, static (state, _) => state.ToString());
    }
}
