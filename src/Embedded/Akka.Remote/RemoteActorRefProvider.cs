using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote.Associations;
using Akka.Serialization;

namespace Akka.Remote;

/// <summary>The provider of a system that exchanges messages with others: makes local actors, and references to any.</summary>
public class RemoteActorRefProvider : IActorRefProvider
{
    private static readonly Lazy<Config> Defaults = new(() => ConfigurationFactory.FromResource("Akka.Remote.remote.conf", typeof(RemoteActorRefProvider).Assembly));

    private readonly LocalActorRefProvider _local;
    private readonly ILoggingAdapter _log;
    private ActorSystemImpl _system = null!;

    public RemoteActorRefProvider(string systemName, Settings settings, EventStream eventStream)
    {
        settings.InjectTopLevelFallback(Defaults.Value);
        RemoteSettings = new RemoteSettings(settings.Config);
        _local = new LocalActorRefProvider(systemName, settings, eventStream, new Deployer(settings), null);
        _log = Logging.GetLogger(eventStream, $"RemoteActorRefProvider({systemName})");
    }

    public RemoteSettings RemoteSettings { get; }

    public RemoteTransport Transport { get; private set; } = null!;

    public IActorRef RemoteWatcher { get; private set; } = null!;

    public IInternalActorRef RootGuardian => _local.RootGuardian;

    public LocalActorRef Guardian => _local.Guardian;

    public LocalActorRef SystemGuardian => _local.SystemGuardian;

    public IActorRef DeadLetters => _local.DeadLetters;

    public IActorRef IgnoreRef => _local.IgnoreRef;

    public ActorPath RootPath => _local.RootPath;

    public Settings Settings => _local.Settings;

    public Deployer Deployer => _local.Deployer;

    public IInternalActorRef TempContainer => _local.TempContainer;

    public Task TerminationTask => _local.TerminationTask;

    public Address DefaultAddress => Transport is null ? _local.DefaultAddress : Transport.DefaultAddress;

    public Information SerializationInformation => new(DefaultAddress, _system);

    public virtual void Init(ActorSystemImpl system)
    {
        _system = system;
        _local.Init(system);
        Transport = new Remoting(system, this);
        Transport.Start();
        system.SystemActorOf(Props.Create(() => new RemotingTerminator(Transport)), "remoting-terminator");
        RemoteWatcher = CreateRemoteWatcher(system);
    }

    public IActorRef RootGuardianAt(Address address) =>
        HasAddress(address) ? RootGuardian : CreateRemoteRef(new RootActorPath(address), Transport.LocalAddressForRemote(address));

    public ActorPath TempPath() => _local.TempPath();

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path) => _local.RegisterTempActor(actorRef, path);

    public void UnregisterTempActor(ActorPath path) => _local.UnregisterTempActor(path);

    public FutureActorRef<T> CreateFutureRef<T>(TaskCompletionSource<T> tcs) => new(tcs, this);

    public IInternalActorRef ActorOf(
        ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService, Deploy? deploy, bool lookupDeploy, bool async) =>
        _local.ActorOf(system, props, supervisor, path, systemService, deploy, lookupDeploy, async);

    public IActorRef ResolveActorRef(string path)
    {
        if (ActorPath.TryParse(path, out var actorPath)) return ResolveActorRef(actorPath);
        _log.Debug("Resolve of unknown path [{0}] failed", path);
        return DeadLetters;
    }

    public IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (HasAddress(actorPath.Address)) return _local.Resolve(actorPath);
        return IgnoreActorRef.IsIgnoreRefPath(actorPath) ? IgnoreRef : CreateRemoteRef(actorPath, Transport.LocalAddressForRemote(actorPath.Address));
    }

    public Address? GetExternalAddressFor(Address address) =>
        HasAddress(address) || address.HasLocalScope ? DefaultAddress : Transport.LocalAddressForRemote(address);

    /// <summary>Exchanges nothing any more with an incarnation of another node; without a uid, with the one that is known.</summary>
    public void Quarantine(Address address, int? uid) => Transport.Quarantine(address, uid);

    internal bool HasAddress(Address address) =>
        address.Equals(_local.RootPath.Address) || (Transport is not null && Transport.Addresses.Contains(address));

    internal virtual IActorRef CreateRemoteWatcher(ActorSystemImpl system) => system.SystemActorOf(
        Akka.Remote.RemoteWatcher.Props(
            CreateRemoteWatcherFailureDetector(system), RemoteSettings.WatchHeartBeatInterval,
            RemoteSettings.WatchUnreachableReaperInterval, RemoteSettings.WatchHeartbeatExpectedResponseAfter),
        "remote-watcher");

    internal DefaultFailureDetectorRegistry<Address> CreateRemoteWatcherFailureDetector(ActorSystem system) => new(() =>
        FailureDetectorLoader.Load(RemoteSettings.WatchFailureDetectorImplementationClass, RemoteSettings.WatchFailureDetectorConfig, system));

    

    private RemoteActorRef CreateRemoteRef(ActorPath path, Address localAddress) => new(Transport, localAddress, path, Nobody.Instance);
}
