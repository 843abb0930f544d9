using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.Persistence.Journal;
using Akka.Persistence.Serialization;

namespace Akka.Persistence;

/// <summary>
/// The journals and snapshot stores of an actor system. Each is an actor below /system, started when it is first asked
/// for or with the extension when the configuration lists it.
/// </summary>
public class PersistenceExtension : IExtension
{
    private const string JournalFallback = "akka.persistence.journal-plugin-fallback";
    private const string SnapshotFallback = "akka.persistence.snapshot-store-plugin-fallback";
    private const string NoSnapshotStorePath = "akka.persistence.no-snapshot-store";

    private readonly ExtendedActorSystem _system;
    private readonly ILoggingAdapter _log;
    private readonly ConcurrentDictionary<string, Lazy<PluginHolder>> _plugins = new(StringComparer.Ordinal);
    private readonly Lazy<IStashOverflowStrategy> _stashOverflowStrategy;
    private readonly Lazy<IActorRef> _recoveryPermitter;
    private readonly string _defaultJournal;
    private readonly string _defaultSnapshotStore;

    public PersistenceExtension(ExtendedActorSystem system)
    {
        _system = system;
        _system.Settings.InjectTopLevelFallback(Persistence.DefaultConfig());
        AddSerializers();
        _log = Logging.GetLogger(system, this);
        var config = system.Settings.Config.GetConfig("akka.persistence");
        Settings = new PersistenceSettings(system, system.Settings.Config);
        _defaultJournal = config.GetString("journal.plugin") ?? "";
        _defaultSnapshotStore = config.GetString("snapshot-store.plugin") ?? "";
        _stashOverflowStrategy = new Lazy<IStashOverflowStrategy>(() =>
        {
            const string Key = "akka.persistence.internal-stash-overflow-strategy";
            return ConfiguredType.Create<IStashOverflowStrategyConfigurator>(system.Settings.Config.GetString(Key), Key).Create(system.Settings.Config);
        });
        _recoveryPermitter = new Lazy<IActorRef>(() =>
            system.SystemActorOf(Akka.Persistence.RecoveryPermitter.Props(config.GetInt("max-concurrent-recoveries")), "recoveryPermitter"));
        foreach (var path in config.GetStringList("journal.auto-start-journals")) Start("journal", path, () => JournalFor(path));
        foreach (var path in config.GetStringList("snapshot-store.auto-start-snapshot-stores")) Start("snapshot store", path, () => SnapshotStoreFor(path));
    }

    public PersistenceSettings Settings { get; }

    public IStashOverflowStrategy DefaultInternalStashOverflowStrategy => _stashOverflowStrategy.Value;

    internal IActorRef RecoveryPermitter => _recoveryPermitter.Value;

    /// <summary>A persistence id made of the path of an actor, without its address.</summary>
    public string PersistenceId(IActorRef persistentActor) => persistentActor.Path.ToStringWithoutAddress();

    /// <summary>The adapters of a journal plugin's event-adapters section.</summary>
    public EventAdapters AdaptersFor(string journalPluginId) => Journal(journalPluginId).Adapters;

    /// <summary>The journal at a configuration path, or the default one for an empty path.</summary>
    /// <exception cref="ArgumentException">There is no such section, or no default.</exception>
    public IActorRef JournalFor(string journalPluginId) => Journal(journalPluginId).Ref;

    /// <summary>The snapshot store at a configuration path; for an empty path the default one, or one that keeps nothing.</summary>
    /// <exception cref="ArgumentException">There is no such section.</exception>
    public IActorRef SnapshotStoreFor(string snapshotPluginId)
    {
        var path = string.IsNullOrEmpty(snapshotPluginId) ? _defaultSnapshotStore : snapshotPluginId;
        if (path.Length == 0)
        {
            if (!_plugins.ContainsKey(NoSnapshotStorePath))
                _log.Warning(
                    "No default snapshot store configured! To configure a default snapshot-store plugin set the 'akka.persistence.snapshot-store.plugin' key.");
            path = NoSnapshotStorePath;
        }

        return Plugin(path, SnapshotFallback).Ref;
    }

    internal TimeSpan RecoveryEventTimeoutOf(string journalPluginId) =>
        Journal(journalPluginId).Config.GetTimeSpan("recovery-event-timeout", TimeSpan.FromSeconds(30), false);

    internal int MaxBatchSizeOf(string journalPluginId) => Math.Max(1, Journal(journalPluginId).Config.GetInt("max-message-batch-size", 200));

    /// <summary>The section of a plugin's actor, with the defaults below it.</summary>
    internal Config ConfigOf(string path, bool isJournal) => Section(path, isJournal ? JournalFallback : SnapshotFallback);

    internal EventAdapters AdaptersOf(string path) => EventAdapters.Create(_system, ConfigOf(path, isJournal: true));

    private PluginHolder Journal(string journalPluginId)
    {
        var path = string.IsNullOrEmpty(journalPluginId) ? _defaultJournal : journalPluginId;
        if (path.Length == 0)
            throw new ArgumentException("Default journal plugin is not configured, see 'akka.persistence.journal.plugin'", nameof(journalPluginId));
        return Plugin(path, JournalFallback);
    }

    private PluginHolder Plugin(string path, string fallback) =>
        _plugins.GetOrAdd(path, static (path, made) => new Lazy<PluginHolder>(() => made.self.Create(path, made.fallback)), (self: this, fallback)).Value;

    private Config Section(string path, string fallback)
    {
        if (string.IsNullOrEmpty(path) || !_system.Settings.Config.HasPath(path))
            throw new ArgumentException($"The reference config of the persistence plugin is missing: there is no section [{path}]", nameof(path));
        return _system.Settings.Config.GetConfig(path).WithFallback(_system.Settings.Config.GetConfig(fallback));
    }

    private PluginHolder Create(string path, string fallback)
    {
        var config = Section(path, fallback);
        var typeName = config.GetString("class");
        if (string.IsNullOrEmpty(typeName))
            throw new ArgumentException($"Plugin class name must be defined in config property [{path}.class]", nameof(path));
        var type = ConfiguredType.Find(typeName, $"{path}.class");
        var adapters = EventAdapters.Create(_system, config);
        object[] arguments = type.GetConstructor([typeof(Config)]) is not null ? [config] : [];
        var props = new Props(type, arguments).WithDispatcher(config.GetString("plugin-dispatcher"));
        _log.Debug("Create plugin: {0} {1}", path, typeName);
        return new PluginHolder(_system.SystemActorOf(props, path), adapters, config);
    }

    private void Start(string kind, string path, Action start)
    {
        _log.Info("Auto-starting {0} `{1}`", kind, path);
        start();
    }

    /// <summary>The serializers may have been read before this extension brought its defaults.</summary>
    private void AddSerializers()
    {
        var messages = new PersistenceMessageSerializer(_system);
        _system.Serialization.AddSerializer("akka-persistence-message", messages);
        _system.Serialization.AddSerializationMap(typeof(IMessage), messages);
        var snapshots = new PersistenceSnapshotSerializer(_system);
        _system.Serialization.AddSerializer("akka-persistence-snapshot", snapshots);
        _system.Serialization.AddSerializationMap(typeof(Serialization.Snapshot), snapshots);
    }
}
