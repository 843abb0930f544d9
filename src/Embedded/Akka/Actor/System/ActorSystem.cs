using System.Diagnostics.CodeAnalysis;
using Akka.Actor.Internal;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// A hierarchy of actors with what they share: configuration, dispatchers, scheduler, event stream, extensions. Heavy:
/// one a process is the rule. Actors made here live below <c>/user</c>.
/// </summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();
    private bool _isDisposed;

    public abstract Settings Settings { get; }

    public abstract string Name { get; }

    public abstract Serialization.Serialization Serialization { get; }

    public abstract EventStream EventStream { get; }

    public abstract IActorRef DeadLetters { get; }

    /// <summary>Drops any message without a trace.</summary>
    public abstract IActorRef IgnoreRef { get; }

    public abstract Dispatchers Dispatchers { get; }

    public abstract Mailboxes Mailboxes { get; }

    public abstract IScheduler Scheduler { get; }

    public abstract ILoggingAdapter Log { get; }

    /// <summary>When the system began, as time since the epoch in UTC.</summary>
    public TimeSpan StartTime { get; } = TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch;

    /// <summary>Time since the system began.</summary>
    public TimeSpan Uptime => TimeProvider.System.GetElapsedTime(_startedAt);

    /// <summary>Ends when the system has terminated and its callbacks have run.</summary>
    public abstract Task WhenTerminated { get; }

    public static ActorSystem Create(string name, Config config) => Start(name, config, ActorSystemSetup.Empty);

    public static ActorSystem Create(string name, BootstrapSetup setup) => Create(name, ActorSystemSetup.Create(setup));

    public static ActorSystem Create(string name, ActorSystemSetup setup)
    {
        var bootstrap = setup.Get<BootstrapSetup>();
        var config = bootstrap is { HasValue: true, Value.Config: { HasValue: true } given } ? given.Value : ConfigurationFactory.Load();
        if (bootstrap is { HasValue: true, Value.ConfigFallback: { HasValue: true } fallback }) config = config.WithFallback(fallback.Value);
        return Start(name, config, setup);
    }

    public static ActorSystem Create(string name) => Create(name, ActorSystemSetup.Empty);

    /// <summary>The extension of an id, made on first use.</summary>
    public abstract object GetExtension(IExtensionId extensionId);

    public abstract T GetExtension<T>()
        where T : class, IExtension;

    public abstract bool HasExtension(Type type);

    public abstract bool HasExtension<T>()
        where T : class, IExtension;

    public abstract bool TryGetExtension(Type extensionType, [NotNullWhen(true)] out object? extension);

    public abstract bool TryGetExtension<T>([NotNullWhen(true)] out T? extension)
        where T : class, IExtension;

    public abstract object RegisterExtension(IExtensionId extension);

    /// <summary>Calls back after all actors have ended; the last one registered first.</summary>
    public abstract void RegisterOnTermination(Action code);

    /// <summary>Runs the coordinated shutdown, then ends all actors; the task ends with them.</summary>
    public abstract Task Terminate();

    public abstract void Stop(IActorRef actor);

    public abstract IActorRef ActorOf(Props props, string? name = null);

    public abstract ActorSelection ActorSelection(ActorPath actorPath);

    public abstract ActorSelection ActorSelection(string actorPath);

    /// <summary>Terminates the system and waits until it has.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        Terminate().Wait(Settings.CoordinatedShutdownTerminateActorSystem ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(10));
        GC.SuppressFinalize(this);
    }

    private static ActorSystemImpl Start(string name, Config config, ActorSystemSetup setup)
    {
        var system = new ActorSystemImpl(name, config, setup);
        system.Start();
        return system;
    }
}

/// <summary>What extensions and the engine's own parts see of a system.</summary>
public abstract class ExtendedActorSystem : ActorSystem
{
    public abstract IActorRefProvider Provider { get; }

    /// <summary>/user</summary>
    public abstract IInternalActorRef Guardian { get; }

    /// <summary>/system</summary>
    public abstract IInternalActorRef SystemGuardian { get; }

    /// <summary>Where relative selections of the system begin.</summary>
    public abstract IInternalActorRef LookupRoot { get; }

    /// <summary>Makes an actor below /system.</summary>
    public abstract IActorRef SystemActorOf(Props props, string? name = null);

    public abstract IActorRef SystemActorOf<TActor>(string? name = null)
        where TActor : ActorBase, new();

    /// <summary>Terminates without the coordinated shutdown.</summary>
    public abstract void Abort();

    /// <summary>The actors of the system as an indented text.</summary>
    internal abstract string PrintTree();
}
