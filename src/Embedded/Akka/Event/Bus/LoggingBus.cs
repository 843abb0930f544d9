using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Akka.Event;

/// <summary>Carries log events to the loggers, which the configuration names and which are actors.</summary>
public class LoggingBus : ActorEventBus<object, Type>
{
    private static readonly LogLevel[] AllLevels = [LogLevel.DebugLevel, LogLevel.InfoLevel, LogLevel.WarningLevel, LogLevel.ErrorLevel];

    private static int _loggerNumber;

    private readonly List<IActorRef> _loggers = [];
    private MinimalLogger? _stdout;

    /// <summary>Events below this level are not published to loggers.</summary>
    public LogLevel LogLevel { get; private set; }

    /// <summary>Makes the loggers hear of this level and those above it, and of no others.</summary>
    public void SetLogLevel(LogLevel logLevel)
    {
        LogLevel = logLevel;
        IActorRef[] loggers;
        lock (_loggers) loggers = [.. _loggers];
        foreach (var logger in loggers) SubscribeTo(logger, logLevel);
    }

    /// <summary>Logs to the console until the loggers are there, and again after they are gone.</summary>
    public void StartStdoutLogger(Settings config)
    {
        _stdout = config.StdoutLogger;
        var level = Logging.LogLevelFor(config.StdoutLogLevel);
        SetUpStdout(level);
        LogLevel = level;
        Publish(new Debug(nameof(LoggingBus), GetType(), "StandardOutLogger started"));
    }

    internal void StartDefaultLoggers(ActorSystemImpl system)
    {
        var level = Logging.LogLevelFor(system.Settings.LogLevel);
        foreach (var name in system.Settings.Loggers)
        {
            if (string.IsNullOrEmpty(name) || IsStandardOut(name)) continue;
            AddLogger(system, ConfiguredType.Find(name, "akka.loggers"), level);
        }

        LogLevel = level;
        if (_stdout is null || system.Settings.Loggers.Any(IsStandardOut)) return;
        bool started;
        lock (_loggers) started = _loggers.Count > 0;
        if (started) Unsubscribe(_stdout);
    }

    /// <summary>Goes back to standard output and gives the loggers that have to end.</summary>
    internal IReadOnlyList<IActorRef> ReleaseLoggers(ActorSystem system)
    {
        if (_stdout is not null) SetUpStdout(Logging.LogLevelFor(system.Settings.StdoutLogLevel));
        lock (_loggers)
        {
            IActorRef[] running = [.. _loggers];
            foreach (var logger in running) Unsubscribe(logger);
            _loggers.Clear();
            return running;
        }
    }

    protected override bool IsSubClassification(Type parent, Type child) => parent.IsAssignableFrom(child);

    protected override void Publish(object @event, IActorRef subscriber) => subscriber.Tell(@event, ActorRefs.NoSender);

    protected override bool Classify(object @event, Type classifier) => classifier.IsInstanceOfType(@event);

    protected override Type GetClassifier(object @event) => @event.GetType();

    private static bool IsStandardOut(string name) => name.Contains(nameof(StandardOutLogger), StringComparison.Ordinal);

    private void SetUpStdout(LogLevel level)
    {
        if (level == LogLevelOff) return;
        foreach (var each in AllLevels)
            if (each >= level)
                Subscribe(_stdout!, Logging.ClassFor(each));
    }

    /// <summary>Above all levels: nothing is logged.</summary>
    internal const LogLevel LogLevelOff = (LogLevel)int.MaxValue;

    private void AddLogger(ActorSystemImpl system, Type type, LogLevel level)
    {
        var name = $"log{Interlocked.Increment(ref _loggerNumber)}-{type.Name}";
        var props = Props.Create(type).WithDispatcher(system.Settings.LoggersDispatcher);
        var logger = system.SystemActorOf(props, name);
        if (system.Settings.LoggerAsyncStart)
        {
            logger.Tell(new InitializeLogger(this), ActorRefs.NoSender);
        }
        else
        {
            AwaitStart(system, logger, name, type);
        }

        lock (_loggers) _loggers.Add(logger);
        SubscribeTo(logger, level);
        Publish(new Debug(nameof(LoggingBus), GetType(), $"Logger {name} [{type.Name}] started"));
    }

    /// <summary>A logger that does not start in time is told of and used all the same: its answer may just be late.</summary>
    private void AwaitStart(ActorSystemImpl system, IActorRef logger, string name, Type type)
    {
        var timeout = system.Settings.LoggerStartTimeout;
        var answer = logger.Ask(new InitializeLogger(this), timeout);
        try
        {
            // The one place that waits: the system must not run before its log does, and nothing else runs yet.
            answer.Wait(timeout + TimeSpan.FromMilliseconds(100));
        }
        catch (AggregateException)
        {
            // Told below.
        }

        if (!answer.IsCompletedSuccessfully)
            Publish(new Warning(nameof(LoggingBus), GetType(), $"Logger {name} [{type.Name}] did not respond within {timeout} to InitializeLogger"));
        else if (answer.Result is not LoggerInitialized)
            throw new LoggerInitializationException($"Logger {name} did not respond with LoggerInitialized, sent instead {answer.Result}");
    }

    private void SubscribeTo(IActorRef logger, LogLevel level)
    {
        foreach (var each in AllLevels)
        {
            if (each >= level) Subscribe(logger, Logging.ClassFor(each));
            else Unsubscribe(logger, Logging.ClassFor(each));
        }
    }
}
