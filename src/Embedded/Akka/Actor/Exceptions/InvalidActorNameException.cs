namespace Akka.Actor;

/// <summary>A name that is empty, malformed, or already in use below the same parent.</summary>
public sealed class InvalidActorNameException : AkkaException
{
    public InvalidActorNameException(string message) : base(message)
    {
    }

    public InvalidActorNameException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
