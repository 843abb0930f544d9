namespace Akka.Actor;

/// <summary>A call that the actor's current state does not allow.</summary>
public sealed class IllegalActorStateException : AkkaException
{
    public IllegalActorStateException(string message) : base(message)
    {
    }
}
