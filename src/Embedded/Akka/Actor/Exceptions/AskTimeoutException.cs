namespace Akka.Actor;

/// <summary>No answer came within the time-out of an Ask.</summary>
public sealed class AskTimeoutException : AkkaException
{
    public AskTimeoutException(string message) : base(message)
    {
    }
}
