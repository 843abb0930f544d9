using Akka.Actor;
using Akka.Event;

namespace Akka.Dispatch.SysMsg;

/// <summary>What the engine's own parts say to each other: lifecycle, supervision and death watch. Goes before all user messages.</summary>
public interface ISystemMessage : INoSerializationVerificationNeeded;

/// <summary>A link of a mailbox's list of system messages: the list costs no allocation beside the messages.</summary>
public abstract class SystemMessage : ISystemMessage
{
    internal SystemMessage? Next;

    public bool Unlinked => Next is null;

    public void Unlink() => Next = null;
}

/// <summary>End of a closed mailbox's list.</summary>
public sealed class NoMessage : SystemMessage
{
    public override string ToString() => "NoMessage";
}

/// <summary>The watched actor is gone.</summary>
public sealed class DeathWatchNotification(IActorRef actor, bool existenceConfirmed, bool addressTerminated)
    : SystemMessage, IDeadLetterSuppression
{
    public IActorRef Actor { get; } = actor;

    public bool ExistenceConfirmed { get; } = existenceConfirmed;

    public bool AddressTerminated { get; } = addressTerminated;

    public override string ToString() =>
        $"<DeathWatchNotification>: {Actor}, ExistenceConfirmed={ExistenceConfirmed}, AddressTerminated={AddressTerminated}";
}

/// <summary>A child tells its parent that it failed and is suspended.</summary>
public sealed class Failed(IActorRef child, Exception cause, long uid) : SystemMessage
{
    public IActorRef Child { get; } = child;

    public Exception Cause { get; } = cause;

    /// <summary>Incarnation of the child, so that a late report of an earlier one is ignored.</summary>
    public long Uid { get; } = uid;

    public override string ToString() => $"<Failed>: {Child} ({Uid}) {Cause.GetType().Name}: {Cause.Message}";
}

/// <summary>A new child wants to be supervised.</summary>
public sealed class Supervise(IActorRef child, bool async) : SystemMessage
{
    public IActorRef Child { get; } = child;

    public bool Async { get; } = async;

    public override string ToString() => $"<Supervise>: {Child}";
}

/// <summary>The watcher wants to hear of the watchee's end.</summary>
public sealed class Watch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watchee { get; } = watchee;

    public IInternalActorRef Watcher { get; } = watcher;

    public override string ToString() => $"<Watch>: {Watcher} wants to watch {Watchee}";
}

/// <summary>The watcher does not want to hear of the watchee's end any more.</summary>
public sealed class Unwatch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watchee { get; } = watchee;

    public IInternalActorRef Watcher { get; } = watcher;

    public override string ToString() => $"<Unwatch>: {Watcher} wants to unwatch {Watchee}";
}

/// <summary>A step of an asynchronous handler that is to run inside the actor.</summary>
public sealed class ActorTask(Task task) : SystemMessage
{
    public Task Task { get; } = task;

    internal AsyncHandling? Handling { get; init; }

    /// <summary>Where the task was queued, which alone may execute it.</summary>
    internal ActorTaskScheduler? Scheduler { get; init; }

    public override string ToString() => $"<ActorTask>: {Task.Id}";
}

/// <summary>An asynchronous handler has ended.</summary>
internal sealed class AsyncHandlingDone(AsyncHandling handling, Exception? failure) : SystemMessage
{
    internal AsyncHandling Handling { get; } = handling;

    internal Exception? Failure { get; } = failure;
}

/// <summary>Makes the actor anew after a failure.</summary>
public sealed class Recreate(Exception cause) : SystemMessage
{
    public Exception Cause { get; } = cause;

    public override string ToString() => $"<Recreate>{(Cause is null ? "" : " Cause: " + Cause)}";
}

/// <summary>The actor goes on after it was suspended.</summary>
public sealed class Resume(Exception? causedByFailure) : SystemMessage
{
    public Exception? CausedByFailure { get; set; } = causedByFailure;

    public override string ToString() => $"<Resume>{(CausedByFailure is null ? "" : " CausedByFailure: " + CausedByFailure)}";
}

/// <summary>The actor handles no user messages until it is resumed, recreated or stopped.</summary>
public sealed class Suspend : SystemMessage
{
    public override string ToString() => "<Suspend>";
}

/// <summary>The first message of each cell: makes the actor.</summary>
public sealed class Create(ActorInitializationException? failure = null) : SystemMessage
{
    /// <summary>Set when the actor cannot be made, for instance because its mailbox does not suit it.</summary>
    public ActorInitializationException? Failure { get; } = failure;

    public override string ToString() => $"<Create>{(Failure is null ? "" : " Failure: " + Failure)}";
}

/// <summary>Ends the actor.</summary>
public sealed class Terminate : SystemMessage, IPossiblyHarmful, IDeadLetterSuppression
{
    public override string ToString() => "<Terminate>";
}

/// <summary>Asks a system actor to take part in the shutdown of its guardian.</summary>
public sealed class RegisterTerminationHook
{
    public static RegisterTerminationHook Instance { get; } = new();

    private RegisterTerminationHook()
    {
    }

    public override string ToString() => "<RegisterTerminationHook>";
}

/// <summary>The system is terminating: clean up, then answer <see cref="TerminationHookDone"/>.</summary>
public sealed class TerminationHook
{
    public static TerminationHook Instance { get; } = new();

    private TerminationHook()
    {
    }

    public override string ToString() => "<TerminationHook>";
}

/// <summary>The clean-up asked for by <see cref="TerminationHook"/> is done.</summary>
public sealed class TerminationHookDone
{
    public static TerminationHookDone Instance { get; } = new();

    private TerminationHookDone()
    {
    }

    public override string ToString() => "<TerminationHookDone>";
}

/// <summary>Asks a guardian to stop one of its children.</summary>
public sealed class StopChild(IActorRef child)
{
    public IActorRef Child { get; } = child;

    public override string ToString() => $"<StopChild> {Child}";
}
