namespace Akka.Actor;

/// <summary>A PreRestart hook threw; carries what it was being restarted for.</summary>
public class PreRestartException(IActorRef actor, Exception restartException, Exception cause, object? optionalMessage)
    : ActorInitializationException(actor, $"PreRestart failed while restarting because of [{cause.GetType()}: {cause.Message}]", restartException)
{
    /// <summary>What the hook threw.</summary>
    public Exception RestartException { get; } = restartException;

    /// <summary>The message that was being processed when the actor failed, if any.</summary>
    public object? OptionalMessage { get; } = optionalMessage;
}
