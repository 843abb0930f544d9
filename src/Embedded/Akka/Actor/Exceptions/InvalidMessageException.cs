namespace Akka.Actor;

/// <summary>A message that cannot be sent, such as null.</summary>
public sealed class InvalidMessageException : AkkaException
{
    public InvalidMessageException() : this("Message is null")
    {
    }

    public InvalidMessageException(string message) : base(message)
    {
    }
}
