using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Options of a <see cref="BackoffSupervisor" />, begun by <see cref="Backoff" />. Each method returns new options.</summary>
public abstract class BackoffOptions
{
    internal abstract Props Props { get; }

    /// <summary>The count of restarts begins anew when the child has run this long without one.</summary>
    public abstract BackoffOptions WithAutoReset(TimeSpan resetBackoff);

    /// <summary>The count of restarts begins anew when the child sends <see cref="BackoffSupervisor.Reset" />.</summary>
    public abstract BackoffOptions WithManualReset();

    /// <summary>What the supervisor decides when the child fails. The default restarts it for most exceptions.</summary>
    public abstract BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy);

    /// <summary>The child is stopped on any failure.</summary>
    public abstract BackoffOptions WithDefaultStoppingStrategy();

    /// <summary>After how many restarts the supervisor stops; -1 for never.</summary>
    public abstract BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries);

    /// <summary>The answer to messages that come while there is no child; otherwise they are dead letters.</summary>
    public abstract BackoffOptions WithReplyWhileStopped(object replyWhileStopped);

    /// <summary>Which message to the child announces its end: once it has stopped after that, the supervisor stops too.</summary>
    public abstract BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage);
}
