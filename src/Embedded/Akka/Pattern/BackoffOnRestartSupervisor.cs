using Akka.Actor;

namespace Akka.Pattern;

/// <summary>
/// Stops a child that failed so that the strategy would restart it, and starts it again after a time that doubles with each
/// restart. When the child stops by itself, so does the supervisor.
/// </summary>
internal sealed class BackoffOnRestartSupervisor : BackoffSupervisorBase
{
    private readonly TimeSpan _minBackoff;
    private readonly TimeSpan _maxBackoff;
    private readonly double _randomFactor;
    private readonly OneForOneStrategy _strategy;

    public BackoffOnRestartSupervisor(
        Props childProps,
        string childName,
        TimeSpan minBackoff,
        TimeSpan maxBackoff,
        IBackoffReset reset,
        double randomFactor,
        OneForOneStrategy strategy,
        object? replyWhileStopped,
        Func<object, bool>? finalStopMessage)
        : base(childProps, childName, reset, replyWhileStopped!, finalStopMessage!)
    {
        _minBackoff = minBackoff;
        _maxBackoff = maxBackoff;
        _randomFactor = randomFactor;
        _strategy = strategy;
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(
        _strategy.MaxNumberOfRetries, _strategy.WithinTimeRangeMilliseconds, (Func<Exception, Directive>)Decide);

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Terminated terminated when Child is not null && Child.Equals(terminated.ActorRef):
                Child = null;
                Context.Stop(Self);
                return true;
            case WindowOver:
                RestartCountN = 0;
                return true;
            default:
                return HandleBackoff(message);
        }
    }

    private Directive Decide(Exception cause)
    {
        var directive = _strategy.Decider.Decide(cause);
        if (directive != Directive.Restart)
        {
            return directive;
        }

        // Restarts count within the strategy's time range, if it has one.
        if (_strategy.WithinTimeRangeMilliseconds > 0 && RestartCountN == 0)
        {
            Context.System.Scheduler.ScheduleTellOnce(
                TimeSpan.FromMilliseconds(_strategy.WithinTimeRangeMilliseconds), Self, WindowOver.Instance, Self);
        }

        if (_strategy.MaxNumberOfRetries >= 0 && RestartCountN >= _strategy.MaxNumberOfRetries)
        {
            Context.Stop(Self);
            return Directive.Stop;
        }

        var delay = BackoffDelay.Calculate(RestartCountN, _minBackoff, _maxBackoff, _randomFactor);
        RestartCountN++;
        BecomeStacked(message => WaitForEndOfChild(message, delay));
        return Directive.Stop;
    }

    private bool WaitForEndOfChild(object message, TimeSpan delay)
    {
        switch (message)
        {
            case Terminated terminated when Child is not null && Child.Equals(terminated.ActorRef):
                UnbecomeStacked();
                ScheduleStart(delay);
                return true;

            // From before; another one follows once the child has ended.
            case BackoffSupervisor.StartChild:
                return true;
            case WindowOver:
                RestartCountN = 0;
                return true;
            default:
                return HandleBackoff(message);
        }
    }

    private sealed class WindowOver : INotInfluenceReceiveTimeout, Akka.Event.IDeadLetterSuppression
    {
        public static readonly WindowOver Instance = new();
    }
}
