using Akka.Actor;

namespace Akka.Event;

/// <summary>Logs dead letters, unhandled and dropped messages, up to akka.log-dead-letters, then pauses or stops.</summary>
public class DeadLetterListener : ActorBase
{
    private readonly EventStream _eventStream;
    private readonly int _maximum;
    private readonly TimeSpan _pause;
    private readonly ILoggingAdapter _log;
    private int _count;
    private TimeSpan _resumeAt;
    private bool _isPaused;

    public DeadLetterListener()
    {
        var settings = Context.System.Settings;
        _eventStream = Context.System.EventStream;
        _maximum = settings.LogDeadLetters;
        _pause = settings.LogDeadLettersSuspendDuration;
        _log = Logging.GetLogger(Context.System.EventStream, "akka.dead-letters", Context.System.Settings.LogFormatter);
    }

    protected override void PreStart()
    {
        _eventStream.Subscribe(Self, typeof(DeadLetter));
        _eventStream.Subscribe(Self, typeof(Dropped));
        _eventStream.Subscribe(Self, typeof(UnhandledMessage));
    }

    protected override void PostStop() => _eventStream.Unsubscribe(Self);

    /// <summary>The listener is not restarted for a letter that cannot be printed.</summary>
    protected override void PreRestart(Exception reason, object? message)
    {
    }

    protected override void PostRestart(Exception reason)
    {
    }

    protected override bool Receive(object message)
    {
        if (message is not AllDeadLetters letter || letter.Message is IDeadLetterSuppression) return message is AllDeadLetters;
        if (_isPaused && Context.System.Scheduler.MonotonicClock < _resumeAt) return true;
        if (_isPaused)
        {
            _isPaused = false;
            _count = 0;
        }

        _count++;
        var isLast = _maximum != int.MaxValue && _count >= _maximum;
        Print(letter, isLast);
        if (!isLast) return true;
        if (_pause == Timeout.InfiniteTimeSpan)
        {
            Context.Stop(Self);
        }
        else
        {
            _isPaused = true;
            _resumeAt = Context.System.Scheduler.MonotonicClock + _pause;
        }

        return true;
    }

    private void Print(AllDeadLetters letter, bool isLast)
    {
        var type = letter.Message?.GetType().Name ?? "null";
        var from = letter.Sender is null || letter.Sender.Equals(Context.System.DeadLetters) ? "without sender" : $"from {letter.Sender}";
        var number = _maximum == int.MaxValue ? $"[{_count}]" : $"[{_count}] of at most [{_maximum}]";
        var text = letter switch
        {
            Dropped dropped => $"Message [{type}] {from} to {letter.Recipient} was dropped. {dropped.Reason}. {number} dead letters encountered",
            UnhandledMessage => $"Message [{type}] {from} to {letter.Recipient} was unhandled. {number} dead letters encountered",
            _ => $"Message [{type}] {from} to {letter.Recipient} was not delivered. {number} dead letters encountered. If this is not an expected behavior then {letter.Recipient} may have terminated unexpectedly",
        };
        var end = !isLast ? "" :
            _pause == Timeout.InfiniteTimeSpan ? ", no more dead letters will be logged" : $", no more dead letters will be logged in next [{_pause}]";
        _log.Info("{0}{1}. This logging can be turned off or adjusted with configuration settings 'akka.log-dead-letters' and 'akka.log-dead-letters-during-shutdown'.", text, end);
    }
}
