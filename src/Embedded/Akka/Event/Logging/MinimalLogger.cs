using Akka.Actor;

namespace Akka.Event;

/// <summary>A logger without an actor, for the time before loggers are started and after they are stopped.</summary>
public abstract class MinimalLogger : MinimalActorRef
{
    private static readonly ActorPath LoggerPath = new RootActorPath(Address.AllSystems) / "StandardOutLogger";

    public sealed override ActorPath Path => LoggerPath;

    public sealed override IActorRefProvider Provider => throw new NotSupportedException("This logger does not provide");

    protected sealed override void TellInternal(object message, IActorRef sender)
    {
        if (message is null) throw new ArgumentNullException(nameof(message), "The message to log must not be null.");
        Log(message);
    }

    protected abstract void Log(object message);
}
