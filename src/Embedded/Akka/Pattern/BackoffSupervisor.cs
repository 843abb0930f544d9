#nullable disable annotations
using Akka.Actor;

namespace Akka.Pattern;

/// <summary>
/// Starts a child and, each time it has stopped, starts it again after a time that doubles with each restart. Messages go
/// to the child, and what the child tells its parent goes to the supervisor's parent.
/// </summary>
public sealed partial class BackoffSupervisor : BackoffSupervisorBase
{
    private readonly TimeSpan _minBackoff;
    private readonly TimeSpan _maxBackoff;
    private readonly double _randomFactor;
    private readonly SupervisorStrategy _strategy;

    public BackoffSupervisor(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
        : this(childProps, childName, minBackoff, maxBackoff, new AutoReset(minBackoff), randomFactor, Akka.Actor.SupervisorStrategy.DefaultStrategy)
    {
    }

    public BackoffSupervisor(
        Props childProps,
        string childName,
        TimeSpan minBackoff,
        TimeSpan maxBackoff,
        IBackoffReset reset,
        double randomFactor,
        SupervisorStrategy strategy,
        object replyWhileStopped = null,
        Func<object, bool> finalStopMessage = null)
        : base(childProps, childName, reset, replyWhileStopped, finalStopMessage)
    {
        _minBackoff = minBackoff;
        _maxBackoff = maxBackoff;
        _randomFactor = randomFactor;
        _strategy = strategy;
    }

    /// <summary>A supervisor that never gives up.</summary>
    /// <inheritdoc cref="Backoff.OnFailure(Akka.Actor.Props, string, TimeSpan, TimeSpan, double)" path="/param" />
    public static Props Props(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        Backoff.OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor).Props;

    /// <summary>A supervisor that stops after so many restarts.</summary>
    public static Props Props(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        Backoff.OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries).Props;

    /// <summary>A supervisor with these options.</summary>
    public static Props Props(BackoffOptions options) => options.Props;

    /// <summary>A supervisor that decides by <paramref name="strategy" /> when the child fails.</summary>
    public static Props PropsWithSupervisorStrategy(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, SupervisorStrategy strategy)
    {
        BackoffDelay.Validate(minBackoff, maxBackoff, randomFactor);
        var reset = new AutoReset(minBackoff);
        return Akka.Actor.Props.Create(
            () => new BackoffSupervisor(childProps, childName, minBackoff, maxBackoff, reset, randomFactor, strategy, null, null));
    }

    protected override SupervisorStrategy SupervisorStrategy() => _strategy;

    protected override bool Receive(object message)
    {
        if (message is not Terminated terminated || Child is null || !Child.Equals(terminated.ActorRef))
        {
            return HandleBackoff(message);
        }

        var allowed = _strategy is OneForOneStrategy one ? one.MaxNumberOfRetries : -1;
        if (FinalStopMessageReceived || (allowed >= 0 && RestartCountN >= allowed))
        {
            Child = null;
            Context.Stop(Self);
        }
        else
        {
            ScheduleStart(BackoffDelay.Calculate(RestartCountN, _minBackoff, _maxBackoff, _randomFactor));
            RestartCountN++;
        }

        return true;
    }
}
