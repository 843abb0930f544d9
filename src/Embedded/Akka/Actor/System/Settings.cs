using System.Globalization;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The settings of a system, read from the section <c>akka</c> of its configuration.</summary>
public class Settings
{
    private readonly Lock _injecting = new();

    public Settings(ActorSystem system, Config config) : this(system, config, ActorSystemSetup.Empty)
    {
    }

    /// <exception cref="ConfigurationException">A value is not what its key takes; the message names both.</exception>
    public Settings(ActorSystem system, Config config, ActorSystemSetup setup)
    {
        System = system;
        Setup = setup;
        Config = (config ?? Config.Empty).WithFallback(ConfigurationFactory.Default());

        ConfigVersion = Config.GetString("akka.version");
        var selected = setup.Get<BootstrapSetup>() is { HasValue: true, Value.ActorRefProvider: { HasValue: true } provider } ? provider.Value : null;
        ProviderSelectionType = selected ?? ProviderSelection.Of(Config.GetString("akka.actor.provider"));
        ProviderClass = ProviderSelectionType.Fqn;
        HasCluster = ProviderSelectionType.HasCluster;
        SupervisorStrategyClass = Config.GetString("akka.actor.guardian-supervisor-strategy");

        AskTimeout = Config.GetTimeSpan("akka.actor.ask-timeout", Timeout.InfiniteTimeSpan);
        CreationTimeout = Config.GetTimeSpan("akka.actor.creation-timeout");
        UnstartedPushTimeout = Config.GetTimeSpan("akka.actor.unstarted-push-timeout");
        SerializeAllMessages = Config.GetBoolean("akka.actor.serialize-messages");
        SerializeAllCreators = Config.GetBoolean("akka.actor.serialize-creators");
        EmitActorTelemetry = Config.GetBoolean("akka.actor.telemetry.enabled");

        LogLevel = Config.GetString("akka.loglevel");
        StdoutLogLevel = Config.GetString("akka.stdout-loglevel");
        Loggers = Config.GetStringList("akka.loggers");
        LoggersDispatcher = Config.GetString("akka.loggers-dispatcher");
        LoggerStartTimeout = Config.GetTimeSpan("akka.logger-startup-timeout");
        LoggerAsyncStart = Config.GetBoolean("akka.logger-async-start");
        LogConfigOnStart = Config.GetBoolean("akka.log-config-on-start");
        LogSerializerOverrideOnStart = Config.GetBoolean("akka.log-serializer-override-on-start");
        LogDeadLetters = CountOrSwitch("akka.log-dead-letters");
        LogDeadLettersDuringShutdown = Config.GetBoolean("akka.log-dead-letters-during-shutdown");
        LogDeadLettersSuspendDuration = Config.GetTimeSpan("akka.log-dead-letters-suspend-duration");
        var formatter = Config.GetString("akka.logger-formatter");
        LogFormatter = string.IsNullOrEmpty(formatter) || formatter.StartsWith("Akka.Event.DefaultLogMessageFormatter", StringComparison.Ordinal)
            ? DefaultLogMessageFormatter.Instance
            : ConfiguredType.Create<ILogMessageFormatter>(formatter, "akka.logger-formatter");
        var stdout = Config.GetString("akka.stdout-logger-class");
        StdoutLogger = string.IsNullOrEmpty(stdout)
            ? new StandardOutLogger()
            : ConfiguredType.Create<MinimalLogger>(stdout, "akka.stdout-logger-class");

        const string Debug = "akka.actor.debug.";
        DebugAutoReceive = Config.GetBoolean(Debug + "autoreceive");
        DebugLifecycle = Config.GetBoolean(Debug + "lifecycle");
        DebugEventStream = Config.GetBoolean(Debug + "event-stream");
        DebugUnhandledMessage = Config.GetBoolean(Debug + "unhandled");
        DebugTimerScheduler = Config.GetBoolean(Debug + "log-timers");
        AddLoggingReceive = Config.GetBoolean(Debug + "receive");

        Home = Config.GetString("akka.home") ?? "";
        SchedulerClass = Config.GetString("akka.scheduler.implementation");
        SchedulerShutdownTimeout = Config.GetTimeSpan("akka.scheduler.shutdown-timeout");
        CoordinatedShutdownTerminateActorSystem = Config.GetBoolean("akka.coordinated-shutdown.terminate-actor-system");
        CoordinatedShutdownRunByActorSystemTerminate = Config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate");
        if (CoordinatedShutdownRunByActorSystemTerminate && !CoordinatedShutdownTerminateActorSystem)
            throw new ConfigurationException(
                "akka.coordinated-shutdown.run-by-actor-system-terminate=on and akka.coordinated-shutdown.terminate-actor-system=off is not a supported configuration combination.");
    }

    public ActorSystem System { get; }

    /// <summary>The whole configuration: the user's above the engine's defaults.</summary>
    public Config Config { get; private set; }

    public ActorSystemSetup Setup { get; }

    public string ConfigVersion { get; }

    public string ProviderClass { get; }

    public ProviderSelection ProviderSelectionType { get; }

    public bool HasCluster { get; }

    public string SupervisorStrategyClass { get; }

    public TimeSpan AskTimeout { get; }

    public TimeSpan CreationTimeout { get; }

    public TimeSpan UnstartedPushTimeout { get; }

    public bool SerializeAllMessages { get; }

    public bool SerializeAllCreators { get; }

    public bool EmitActorTelemetry { get; }

    public string LogLevel { get; }

    public string StdoutLogLevel { get; }

    public IList<string> Loggers { get; }

    public string LoggersDispatcher { get; }

    public TimeSpan LoggerStartTimeout { get; }

    public bool LoggerAsyncStart { get; }

    public bool LogConfigOnStart { get; }

    public bool LogSerializerOverrideOnStart { get; }

    /// <summary>How many dead letters are logged; 0 for none, the highest number for all.</summary>
    public int LogDeadLetters { get; }

    public bool LogDeadLettersDuringShutdown { get; }

    public TimeSpan LogDeadLettersSuspendDuration { get; }

    public ILogMessageFormatter LogFormatter { get; }

    public MinimalLogger StdoutLogger { get; }

    public bool DebugAutoReceive { get; }

    public bool DebugLifecycle { get; }

    public bool DebugEventStream { get; }

    public bool DebugUnhandledMessage { get; }

    public bool DebugTimerScheduler { get; }

    public bool AddLoggingReceive { get; }

    public string Home { get; }

    public string SchedulerClass { get; }

    public TimeSpan SchedulerShutdownTimeout { get; }

    public bool CoordinatedShutdownTerminateActorSystem { get; }

    public bool CoordinatedShutdownRunByActorSystemTerminate { get; }

    /// <summary>Puts an extension's defaults below all there is. Extensions that start at once each keep theirs.</summary>
    public void InjectTopLevelFallback(Config config)
    {
        lock (_injecting) Config = Config.WithFallback(config);
    }

    public override string ToString() => Config.ToString();

    private int CountOrSwitch(string key)
    {
        var value = Config.GetString(key);
        switch (value?.ToLowerInvariant())
        {
            case "off" or "false" or "no":
                return 0;
            case "on" or "true" or "yes":
                return int.MaxValue;
        }

        return int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw new ConfigurationException($"{key} = [{value}]: expected on, off or a number");
    }
}
