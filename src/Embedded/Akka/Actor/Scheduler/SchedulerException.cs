namespace Akka.Actor;

/// <summary>The scheduler cannot take what it is given, for instance because it has been shut down.</summary>
public sealed class SchedulerException : AkkaException
{
    public SchedulerException(string message)
        : base(message)
    {
    }
}
