using Akka.Actor;

namespace Akka.Persistence;

/// <summary>A recovering actor got no snapshot, or no next event, within recovery-event-timeout.</summary>
public class RecoveryTimedOutException : AkkaException
{
    public RecoveryTimedOutException()
    {
    }

    public RecoveryTimedOutException(string message, Exception? cause = null) : base(message, cause)
    {
    }
}
