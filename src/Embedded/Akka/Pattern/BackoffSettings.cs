using Akka.Actor;

namespace Akka.Pattern;

/// <summary>The options of a backoff supervisor, and the Props that they make.</summary>
internal sealed class BackoffSettings : BackoffOptions
{
    private readonly bool _stopsCount;
    private readonly Props _childProps;
    private readonly string _childName;
    private readonly TimeSpan _minBackoff;
    private readonly TimeSpan _maxBackoff;
    private readonly double _randomFactor;

    /// <exception cref="ArgumentException">The times or the random factor are out of range.</exception>
    public BackoffSettings(bool stopsCount, Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
    {
        BackoffDelay.Validate(minBackoff, maxBackoff, randomFactor);
        _stopsCount = stopsCount;
        _childProps = childProps;
        _childName = childName;
        _minBackoff = minBackoff;
        _maxBackoff = maxBackoff;
        _randomFactor = randomFactor;
    }

    internal override Props Props
    {
        get
        {
            var reset = Reset ?? new AutoReset(_minBackoff);
            if (reset is AutoReset { ResetBackoff: var after } && (after < _minBackoff || after > _maxBackoff))
            {
                throw new ArgumentException("WithAutoReset must be between minBackoff and maxBackoff");
            }

            var (props, name, min, max, random, strategy, reply, final) =
                (_childProps, _childName, _minBackoff, _maxBackoff, _randomFactor, Strategy, ReplyWhileStopped, IsFinal);
            return _stopsCount
                ? Props.Create(() => new BackoffSupervisor(props, name, min, max, reset, random, strategy, reply!, final!))
                : Props.Create(() => new BackoffOnRestartSupervisor(props, name, min, max, reset, random, strategy, reply, final));
        }
    }

    private IBackoffReset? Reset { get; init; }

    private OneForOneStrategy Strategy { get; init; } = new(SupervisorStrategy.DefaultDecider);

    private object? ReplyWhileStopped { get; init; }

    private Func<object, bool>? IsFinal { get; init; }

    public override BackoffOptions WithAutoReset(TimeSpan resetBackoff) => With(new AutoReset(resetBackoff), Strategy, ReplyWhileStopped, IsFinal);

    public override BackoffOptions WithManualReset() => With(new ManualReset(), Strategy, ReplyWhileStopped, IsFinal);

    public override BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy) =>
        With(Reset, supervisorStrategy, ReplyWhileStopped, IsFinal);

    public override BackoffOptions WithDefaultStoppingStrategy() =>
        With(Reset, new OneForOneStrategy(Strategy.MaxNumberOfRetries, Strategy.WithinTimeRangeMilliseconds, SupervisorStrategy.StoppingStrategy.Decider), ReplyWhileStopped, IsFinal);

    public override BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries) =>
        With(Reset, Strategy.WithMaxNrOfRetries(maxNrOfRetries), ReplyWhileStopped, IsFinal);

    public override BackoffOptions WithReplyWhileStopped(object replyWhileStopped) => With(Reset, Strategy, replyWhileStopped, IsFinal);

    public override BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage) =>
        With(Reset, Strategy, ReplyWhileStopped, isFinalStopMessage);

    private BackoffSettings With(IBackoffReset? reset, OneForOneStrategy strategy, object? reply, Func<object, bool>? isFinal) =>
        new(_stopsCount, _childProps, _childName, _minBackoff, _maxBackoff, _randomFactor)
        {
            Reset = reset,
            Strategy = strategy,
            ReplyWhileStopped = reply,
            IsFinal = isFinal,
        };
}
