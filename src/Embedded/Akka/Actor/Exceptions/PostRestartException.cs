namespace Akka.Actor;

/// <summary>The constructor or PostRestart hook of a restarting actor threw.</summary>
public class PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
    : ActorInitializationException(actor, $"Exception post restart ({originalCause.GetType()}: {originalCause.Message})", cause)
{
    /// <summary>The failure for which the actor was being restarted.</summary>
    public Exception OriginalCause { get; } = originalCause;
}
