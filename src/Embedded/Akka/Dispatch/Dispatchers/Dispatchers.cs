using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>The dispatchers of a system by their ids, which are paths in its configuration.</summary>
public sealed class Dispatchers
{
    /// <summary>Where actors run that name no dispatcher.</summary>
    public static readonly string DefaultDispatcherId = "akka.actor.default-dispatcher";

    /// <summary>For work that blocks its thread.</summary>
    public static readonly string DefaultBlockingDispatcherId = "akka.actor.default-blocking-io-dispatcher";

    /// <summary>Runs on the synchronization context of whoever starts the actor.</summary>
    public static readonly string SynchronizedDispatcherId = "akka.actor.synchronized-dispatcher";

    /// <summary>Where the engine's own actors run, apart from those of users.</summary>
    internal const string InternalDispatcherId = "akka.actor.internal-dispatcher";

    private readonly ConcurrentDictionary<string, MessageDispatcherConfigurator> _configurators = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<MessageDispatcher> _used = [];
    private readonly ActorSystem _system;
    private readonly ILoggingAdapter _log;
    private MessageDispatcher? _default;

    public Dispatchers(ActorSystem system, IDispatcherPrerequisites prerequisites, ILoggingAdapter logger)
    {
        _system = system;
        _log = logger;
        Prerequisites = prerequisites;
    }

    public IDispatcherPrerequisites Prerequisites { get; }

    public MessageDispatcher DefaultGlobalDispatcher => _default ??= Lookup(DefaultDispatcherId);

    internal MessageDispatcher InternalDispatcher => Lookup(InternalDispatcherId);

    internal Config DefaultDispatcherConfig => _system.Settings.Config.GetConfig(DefaultDispatcherId) ?? Config.Empty;

    /// <exception cref="ConfigurationException">There is no such section.</exception>
    public MessageDispatcher Lookup(string dispatcherName)
    {
        if (dispatcherName is null || dispatcherName == DefaultDispatcherId || dispatcherName == Deploy.NoDispatcherGiven)
            return _default ??= Used(FindConfigurator(DefaultDispatcherId).Dispatcher());
        return Used(FindConfigurator(dispatcherName).Dispatcher());
    }

    public bool HasDispatcher(string id) => _configurators.ContainsKey(id) || _system.Settings.Config.HasPath(id);

    /// <summary>Adds a dispatcher by code; false when the id is taken.</summary>
    public bool RegisterConfigurator(string id, MessageDispatcherConfigurator configurator) => _configurators.TryAdd(id, configurator);

    /// <summary>The configuration section of a dispatcher with the defaults below it and its id in it.</summary>
    public static Config GetConfig(Config config, string id, int depth = 0)
    {
        _ = depth;
        var name = id[(id.LastIndexOf('.') + 1)..];
        var identity = ConfigurationFactory.ParseString($"id = \"{id}\"\nname = \"{name}\"");
        var defaults = config.GetConfig(DefaultDispatcherId) ?? Config.Empty;
        var section = config.GetConfig(id) ?? Config.Empty;
        return identity.WithFallback(section).WithFallback(defaults);
    }

    internal void ShutdownAll()
    {
        foreach (var dispatcher in _used) dispatcher.ShutdownNow();
    }

    private MessageDispatcher Used(MessageDispatcher dispatcher)
    {
        // Pinned dispatchers come and go with their actors and end by themselves.
        if (dispatcher is not PinnedDispatcher && !_used.Contains(dispatcher)) _used.Add(dispatcher);
        return dispatcher;
    }

    private MessageDispatcherConfigurator FindConfigurator(string id)
    {
        if (_configurators.TryGetValue(id, out var configurator)) return configurator;
        if (!_system.Settings.Config.HasPath(id))
            throw new ConfigurationException($"Dispatcher {id} not configured. Please specify it in configuration, for instance: {id} {{ type = Dispatcher }}");
        return _configurators.GetOrAdd(id, Configure);
    }

    private MessageDispatcherConfigurator Configure(string id)
    {
        var config = GetConfig(_system.Settings.Config, id);
        var type = config.GetString("type");
        _log.Debug("Configuring dispatcher {0} of type {1}", id, type);
        return type switch
        {
            "Dispatcher" or "TaskDispatcher" or "ForkJoinDispatcher" => new DispatcherConfigurator(WithExecutor(config, type), Prerequisites),
            "PinnedDispatcher" => new PinnedDispatcherConfigurator(config, Prerequisites),
            "SynchronizedDispatcher" => new CurrentSynchronizationContextDispatcherConfigurator(config, Prerequisites),
            null or "" => throw new ConfigurationException($"Could not resolve dispatcher for path {id}: {id}.type is missing"),
            _ => ConfiguredType.Create<MessageDispatcherConfigurator>(type, $"{id}.type", config, Prerequisites),
        };
    }

    /// <summary>The older dispatcher types imply their executor.</summary>
    private static Config WithExecutor(Config config, string type) => type switch
    {
        "ForkJoinDispatcher" => ConfigurationFactory.ParseString("executor = fork-join-executor").WithFallback(config),
        "TaskDispatcher" => ConfigurationFactory.ParseString("executor = task-executor").WithFallback(config),
        _ => config,
    };
}
