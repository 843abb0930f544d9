using System.Collections.Concurrent;
using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Serialization;

namespace Akka.Actor;

/// <summary>The provider of a system that knows its own actors only.</summary>
public sealed class LocalActorRefProvider : IActorRefProvider
{
    private readonly RootActorPath _rootPath;
    private readonly ActorPath _tempNode;
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, IInternalActorRef> _extraNames = new(StringComparer.Ordinal);
    private readonly Func<ActorPath, IInternalActorRef>? _deadLettersFactory;
    private ActorSystemImpl _system = null!;
    private VirtualPathContainer _tempContainer = null!;
    private RootGuardianActorRef _rootGuardian = null!;
    private LocalActorRef _userGuardian = null!;
    private LocalActorRef _systemGuardian = null!;
    private MessageDispatcher _defaultDispatcher = null!;
    private MailboxType _defaultMailbox = null!;
    private long _tempNumber;

    public LocalActorRefProvider(string systemName, Settings settings, EventStream eventStream)
        : this(systemName, settings, eventStream, new Deployer(settings), null)
    {
    }

    public LocalActorRefProvider(
        string systemName, Settings settings, EventStream eventStream, Deployer deployer, Func<ActorPath, IInternalActorRef>? deadLettersFactory)
    {
        Settings = settings;
        EventStream = eventStream;
        Deployer = deployer;
        _deadLettersFactory = deadLettersFactory;
        _rootPath = new RootActorPath(new Address("akka", systemName));
        _tempNode = _rootPath / "temp";
        Log = Logging.GetLogger(eventStream, "LocalActorRefProvider(" + _rootPath.Address + ")");
        DeadLetters = _deadLettersFactory?.Invoke(_rootPath / "deadLetters") ?? new DeadLetterActorRef(this, _rootPath / "deadLetters", eventStream);
        IgnoreRef = new IgnoreActorRef(this);
    }

    public ILoggingAdapter Log { get; }

    public EventStream EventStream { get; }

    public Settings Settings { get; }

    public Deployer Deployer { get; }

    public IActorRef DeadLetters { get; }

    public IActorRef IgnoreRef { get; }

    public ActorPath RootPath => _rootPath;

    public IInternalActorRef RootGuardian => _rootGuardian;

    public LocalActorRef Guardian => _userGuardian;

    public LocalActorRef SystemGuardian => _systemGuardian;

    public IInternalActorRef TempContainer => _tempContainer;

    public Task TerminationTask => _terminated.Task;

    public Address DefaultAddress => _rootPath.Address;

    public Information SerializationInformation => new(DefaultAddress, _system);

    public void Init(ActorSystemImpl system)
    {
        _system = system;
        _defaultDispatcher = system.Dispatchers.DefaultGlobalDispatcher;
        _defaultMailbox = system.Mailboxes.Lookup(Mailboxes.DefaultMailboxId);
        var bubbles = new RootGuardianSupervisor(_rootPath, this, _terminated, Log);
        var internalDispatcher = system.Dispatchers.InternalDispatcher;
        var guardianStrategy = Props.Create<GuardianActor>(SupervisorStrategy.StoppingStrategy);
        _rootGuardian = new RootGuardianActorRef(
            system, guardianStrategy, internalDispatcher, _defaultMailbox, bubbles, _rootPath, DeadLetters, _extraNames);
        _tempContainer = new VirtualPathContainer(this, _tempNode, _rootGuardian);
        _rootGuardian.SetTempContainer(_tempContainer);

        var userStrategy = SupervisorStrategyConfigurator.CreateConfigurator(Settings.SupervisorStrategyClass).Create();
        _userGuardian = MakeGuardian(Props.Create<GuardianActor>(userStrategy), "user", system.Dispatchers.DefaultGlobalDispatcher);
        _systemGuardian = MakeGuardian(
            Props.Create(() => new SystemGuardianActor(_userGuardian)).WithSupervisorStrategy(SupervisorStrategy.DefaultStrategy), "system", internalDispatcher);
        // The root ends when its last guardian has; /system watches /user by itself.
        _rootGuardian.Cell.Watch(_systemGuardian);
        _rootGuardian.Start();
        _userGuardian.Start();
        _systemGuardian.Start();
    }

    /// <summary>Makes a reference reachable by a name right below the root.</summary>
    public void RegisterExtraName(string name, IInternalActorRef actor) => _extraNames[name] = actor;

    public IActorRef RootGuardianAt(Address address) => address.Equals(_rootPath.Address) ? _rootGuardian : DeadLetters;

    public ActorPath TempPath() => _tempNode / ActorPathText.GeneratedName(Interlocked.Increment(ref _tempNumber));

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path)
    {
        if (!path.Parent.Equals(_tempNode)) throw new InvalidOperationException($"Cannot RegisterTempActor() with anything not obtained from TempPath(): {path}");
        _tempContainer.AddChild(path.Name, actorRef);
    }

    public void UnregisterTempActor(ActorPath path) => _tempContainer.RemoveChild(path.Name);

    public FutureActorRef<T> CreateFutureRef<T>(TaskCompletionSource<T> tcs) => new(tcs, this);

    public Address? GetExternalAddressFor(Address address) => address.Equals(_rootPath.Address) ? address : null;

    public IInternalActorRef ActorOf(
        ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService, Deploy? deploy, bool lookupDeploy, bool async)
    {
        var deployed = Deployed(props, path, deploy, lookupDeploy);
        var dispatcherId = deployed.Deploy.Dispatcher;
        var dispatcher = dispatcherId != Deploy.NoDispatcherGiven ? system.Dispatchers.Lookup(dispatcherId)
            : systemService ? system.Dispatchers.InternalDispatcher
            : _defaultDispatcher;
        return new LocalActorRef(system, deployed, dispatcher, MailboxFor(system, deployed, dispatcher), supervisor, path);
    }

    public IActorRef ResolveActorRef(string path)
    {
        if (ActorPath.TryParse(path, out var actorPath) && actorPath.Address.Equals(_rootPath.Address)) return Resolve(actorPath);
        Log.Debug("Resolve of unknown path [{0}] failed. Invalid format.", path);
        return DeadLetters;
    }

    public IActorRef ResolveActorRef(ActorPath path)
    {
        if (path.Root.Equals(_rootPath)) return Resolve(path);
        Log.Debug("Resolve of foreign ActorPath [{0}] failed", path);
        return DeadLetters;
    }

    /// <summary>A living actor below the root by its names, or a stand-in for the path.</summary>
    internal IInternalActorRef Resolve(ActorPath path)
    {
        var elements = path.ElementsWithUid;
        if (elements.Count == 0) return _rootGuardian;
        var found = _rootGuardian.GetChild(elements);
        if (!found.IsNobody()) return (IInternalActorRef)found;
        Log.Debug("Resolve of path sequence [/{0}] failed", string.Join('/', elements));
        return new EmptyLocalActorRef(this, path, EventStream);
    }

    private LocalActorRef MakeGuardian(Props props, string name, MessageDispatcher dispatcher)
    {
        var cell = _rootGuardian.Cell;
        var guardian = new LocalActorRef(
            _system, props, dispatcher, _defaultMailbox, _rootGuardian, new ChildActorPath(_rootPath, name, ActorCell.NewUid()));
        cell.SystemInvoke(new Supervise(guardian, async: false));
        return guardian;
    }

    private MailboxType MailboxFor(ActorSystemImpl system, Props props, MessageDispatcher dispatcher)
    {
        // By far the most actors are on the default dispatcher and ask for nothing.
        if (ReferenceEquals(dispatcher, _defaultDispatcher) && props.Mailbox is null && !system.Mailboxes.HasRequiredType(props.Type))
            return _defaultMailbox;
        return system.Mailboxes.GetMailboxType(props, dispatcher.Configurator.Config);
    }

    private Props Deployed(Props props, ActorPath path, Deploy? deploy, bool lookupDeploy)
    {
        var found = lookupDeploy ? Deployer.Lookup(path) : null;
        if (found is null && deploy is null) return props;
        var merged = (deploy, found) switch
        {
            (null, _) => found!,
            (_, null) => deploy,
            _ => found.WithFallback(deploy),
        };
        return props.WithDeploy(merged.WithFallback(props.Deploy));
    }
}
