namespace Akka.Actor;

/// <summary>An actor that watches another did not handle its Terminated message.</summary>
public sealed class DeathPactException : AkkaException
{
    public DeathPactException(IActorRef deadActor) : base($"Monitored actor [{deadActor}] terminated") => DeadActor = deadActor;

    public IActorRef DeadActor { get; }
}
