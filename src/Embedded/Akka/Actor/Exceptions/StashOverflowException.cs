namespace Akka.Actor;

/// <summary>An actor stashed more messages than its stash may hold.</summary>
public sealed class StashOverflowException : AkkaException
{
    public StashOverflowException(string message, Exception? cause = null) : base(message, cause)
    {
    }
}
