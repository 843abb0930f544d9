namespace Akka.Actor;

/// <summary>An ActorSelection did not resolve to a living actor in time.</summary>
public sealed class ActorNotFoundException : AkkaException
{
    public ActorNotFoundException()
    {
    }

    public ActorNotFoundException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
