using System.Diagnostics.CodeAnalysis;
using System.Text;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor.Internal;

/// <summary>The one implementation of an actor system: puts its parts together, starts them in order and ends them in order.</summary>
public class ActorSystemImpl : ExtendedActorSystem
{
    private readonly Extensions _extensions;
    private readonly TerminationCallbacks _callbacks;
    private readonly IScheduler _scheduler;
    private readonly Lazy<Serialization.Serialization> _serialization;
    private readonly BusLogging _log;
    private int _isTerminating;

    /// <summary>As in the settings; a field, since each message asks.</summary>
    internal readonly bool SerializesMessages;

    public ActorSystemImpl(string name) : this(name, ConfigurationFactory.Load(), ActorSystemSetup.Empty)
    {
    }

    public ActorSystemImpl(string name, Config config, ActorSystemSetup setup, Option<Props>? guardianProps = null)
    {
        if (!IsValidName(name))
            throw new ArgumentException(
                $"invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-')", nameof(name));
        ArgumentNullException.ThrowIfNull(config, "Configuration must not be null.");
        Name = name;
        GuardianProps = guardianProps ?? Option<Props>.None;
        Settings = new Settings(this, config, setup);
        SerializesMessages = Settings.SerializeAllMessages;
        EventStream = new EventStream(Settings.DebugEventStream);
        EventStream.StartStdoutLogger(Settings);
        _log = new BusLogging(EventStream, $"ActorSystem({name})", GetType(), Settings.LogFormatter);
        _extensions = new Extensions(this);
        _serialization = new Lazy<Serialization.Serialization>(() => new Serialization.Serialization(this));
        _scheduler = ConfiguredType.Create<IScheduler>(Settings.SchedulerClass, "akka.scheduler.implementation", Settings.Config, Log);
        Provider = MakeProvider();
        Mailboxes = new Mailboxes(this);
        Dispatchers = new Dispatchers(this, new DefaultDispatcherPrerequisites(EventStream, _scheduler, Settings, Mailboxes), _log);
        _callbacks = new TerminationCallbacks(_log);
    }

    public override string Name { get; }

    public override Settings Settings { get; }

    public override EventStream EventStream { get; }

    public override IActorRefProvider Provider { get; }

    public override Mailboxes Mailboxes { get; }

    public override Dispatchers Dispatchers { get; }

    public override IScheduler Scheduler => _scheduler;

    public override Serialization.Serialization Serialization => _serialization.Value;

    public override ILoggingAdapter Log => _log;

    public override IActorRef DeadLetters => Provider.DeadLetters;

    public override IActorRef IgnoreRef => Provider.IgnoreRef;

    public override IInternalActorRef Guardian => Provider.Guardian;

    public override IInternalActorRef SystemGuardian => Provider.SystemGuardian;

    public override IInternalActorRef LookupRoot => Provider.RootGuardian;

    public override Task WhenTerminated => _callbacks.Done;

    internal Option<Props> GuardianProps { get; }

    /// <summary>Starts guardians, loggers, extensions.</summary>
    public void Start()
    {
        try
        {
            Provider.Init(this);
            _ = EndWithHierarchy();
            EventStream.StartUnsubscriber(this);
            EventStream.StartDefaultLoggers(this);
            if (Settings.LogDeadLetters > 0) SystemActorOf<DeadLetterListener>("deadLetterListener");
            if (Settings.DebugUnhandledMessage)
                EventStream.Subscribe(SystemActorOf<UnhandledMessageForwarder>("UnhandledMessageForwarder"), typeof(UnhandledMessage));
            CoordinatedShutdown.Get(this);
            LoadExtensions();
            if (Settings.LogConfigOnStart) _log.Info(Settings.ToString());
        }
        catch (Exception)
        {
            // Half a system must not stay behind with its threads.
            FinalTerminate();
            throw;
        }
    }

    public override IActorRef ActorOf(Props props, string? name = null) => Provider.Guardian.Cell.AttachChild(props, isSystemService: false, name);

    public override IActorRef SystemActorOf(Props props, string? name = null) =>
        Provider.SystemGuardian.Cell.AttachChild(props, isSystemService: true, name);

    public override IActorRef SystemActorOf<TActor>(string? name = null) => SystemActorOf(Props.Create<TActor>(), name);

    public override ActorSelection ActorSelection(ActorPath actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, this);

    public override ActorSelection ActorSelection(string actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, this, Provider.RootGuardian);

    public override object RegisterExtension(IExtensionId extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        return _extensions.Register(extension);
    }

    public override object GetExtension(IExtensionId extensionId)
    {
        ArgumentNullException.ThrowIfNull(extensionId);
        return _extensions.TryGet(extensionId.ExtensionType, out var extension) ? extension : _extensions.Register(extensionId);
    }

    public override T GetExtension<T>() => _extensions.TryGet(typeof(T), out var extension) ? (T)extension : null!;

    public override bool TryGetExtension(Type extensionType, [NotNullWhen(true)] out object? extension) => _extensions.TryGet(extensionType, out extension);

    public override bool TryGetExtension<T>([NotNullWhen(true)] out T? extension)
        where T : class
    {
        extension = GetExtension<T>();
        return extension is not null;
    }

    public override bool HasExtension(Type type) => typeof(IExtension).IsAssignableFrom(type) && _extensions.Has(type);

    public override bool HasExtension<T>() => _extensions.Has(typeof(T));

    public override void RegisterOnTermination(Action code) => _callbacks.Add(code);

    public override Task Terminate()
    {
        if (Settings.CoordinatedShutdownRunByActorSystemTerminate && Volatile.Read(ref _isTerminating) == 0)
            CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        else
            FinalTerminate();
        return WhenTerminated;
    }

    public override void Abort() => FinalTerminate();

    public override void Stop(IActorRef actor)
    {
        var parent = actor.Path.Parent;
        if (parent.Equals(Guardian.Path)) Guardian.Tell(new StopChild(actor), ActorRefs.NoSender);
        else if (parent.Equals(SystemGuardian.Path)) SystemGuardian.Tell(new StopChild(actor), ActorRefs.NoSender);
        else ((IInternalActorRef)actor).Stop();
    }

    public override string ToString() => LookupRoot?.Path.Root.Address.ToString() ?? Name;

    /// <summary>Ends the hierarchy, without the phases of the coordinated shutdown.</summary>
    internal void FinalTerminate()
    {
        if (Interlocked.Exchange(ref _isTerminating, 1) == 1) return;
        _log.Debug("System shutdown initiated");
        if (!Settings.LogDeadLettersDuringShutdown && Provider.SystemGuardian?.GetSingleChild("deadLetterListener") is { } listener && !listener.IsNobody())
            Stop(listener);
        Provider.Guardian?.Stop();
        if (Provider.Guardian is null) Dispose(_scheduler);
    }

    internal override string PrintTree()
    {
        var text = new StringBuilder();
        Print((ActorRefWithCell)LookupRoot, 0);
        return text.ToString();

        void Print(ActorRefWithCell actor, int depth)
        {
            text.Append(' ', depth * 2).Append(actor.Path.Name.Length == 0 ? "/" : actor.Path.Name).Append(' ')
                .Append(actor.Underlying.Props.Type.Name).AppendLine();
            foreach (var child in actor.Children.OfType<ActorRefWithCell>()) Print(child, depth + 1);
        }
    }

    private static bool IsValidName(string name) =>
        !string.IsNullOrEmpty(name) && name[0] is not ('-' or '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static void Dispose(object part) => (part as IDisposable)?.Dispose();

    private IActorRefProvider MakeProvider()
    {
        var name = Settings.ProviderClass;
        return name == ProviderSelection.LocalProvider
            ? new LocalActorRefProvider(Name, Settings, EventStream)
            : ConfiguredType.Create<IActorRefProvider>(name, "akka.actor.provider", Name, Settings, EventStream);
    }

    private void LoadExtensions()
    {
        foreach (var typeName in Settings.Config.GetStringList("akka.extensions") ?? [])
        {
            var type = ConfiguredType.Find(typeName, "akka.extensions");
            if (!typeof(IExtensionId).IsAssignableFrom(type))
                throw new ConfigurationException($"The type [{typeName}] configured as akka.extensions is no {typeof(IExtensionId).FullName}");
            RegisterExtension((IExtensionId)Activator.CreateInstance(type, nonPublic: true)!);
        }
    }

    private async Task EndWithHierarchy()
    {
        await Provider.TerminationTask.ConfigureAwait(false);
        await Task.Yield();
        Dispose(_scheduler);
        EventStream.ReleaseLoggers(this);
        _callbacks.Run();
        Dispatchers.ShutdownAll();
    }
}
