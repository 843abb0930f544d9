namespace Akka.Actor;

/// <summary>A name that an actor may not have.</summary>
public sealed class IllegalActorNameException : AkkaException
{
    public IllegalActorNameException(string message) : base(message)
    {
    }
}
