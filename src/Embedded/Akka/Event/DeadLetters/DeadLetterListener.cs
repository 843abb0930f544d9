using Akka.Actor;

namespace Akka.Event;

/// <summary>Logs dead letters, unhandled and dropped messages, up to akka.log-dead-letters, then pauses or stops.</summary>
public class DeadLetterListener : ActorBase
{
    private readonly EventStream _eventStream;
    private readonly int _maximum;
    private readonly TimeSpan _pause;
    private int _count;
    private TimeSpan _resumeAt;
    private bool _isPaused;

    public DeadLetterListener()
    {
        var settings = Context.System.Settings;
        _eventStream = Context.System.EventStream;
        _maximum = settings.LogDeadLetters;
        _pause = settings.LogDeadLettersSuspendDuration;
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
        if (message is not AllDeadLetters letter) return false;
        if (WrappedMessage.Unwrap(letter.Message) is IDeadLetterSuppression) return true;
        _count++;
        if (_isPaused) ResumeWith(letter);
        else if (_maximum == int.MaxValue || _count < _maximum) Print(letter, "");
        else Pause(letter);
        return true;
    }

    private void Pause(AllDeadLetters last)
    {
        if (_pause == Timeout.InfiniteTimeSpan)
        {
            Print(last, ", no more dead letters will be logged");
            Context.Stop(Self);
            return;
        }

        Print(last, $", no more dead letters will be logged in next [{_pause}]");
        _isPaused = true;
        _resumeAt = Context.System.Scheduler.MonotonicClock + _pause;
    }

    private void ResumeWith(AllDeadLetters letter)
    {
        if (Context.System.Scheduler.MonotonicClock < _resumeAt) return;
        Print(letter, $", of which {_count - _maximum - 1} were not logged. The counter will be reset now");
        _count = 0;
        _isPaused = false;
    }

    private void Print(AllDeadLetters letter, string end)
    {
        var unwrapped = WrappedMessage.Unwrap(letter.Message);
        var what = $"Message [{unwrapped?.GetType().Name ?? "null"}]{(letter.Message is IWrappedMessage ? $" wrapped in [{letter.Message.GetType().Name}]" : "")}";
        var from = IsReal(letter.Sender) ? $" from {letter.Sender}" : "";
        var to = IsReal(letter.Recipient) ? $" to {letter.Recipient}" : "";
        var count = $"[{_count}] dead letters encountered{end}. ";
        var text = letter switch
        {
            Dropped dropped => $"{what}{from}{to} was dropped. {dropped.Reason}. {count}",
            UnhandledMessage => $"{what}{from}{to} was unhandled. {count}",
            _ => $"{what}{from} to {letter.Recipient} was not delivered. {count}If this is not an expected behavior then {letter.Recipient} may have terminated unexpectedly. ",
        };
        // Logged in the name of the recipient, by which people look for it.
        _eventStream.Publish(new Info(letter.Recipient.Path.ToString(), letter.Recipient.GetType(), text +
            "This logging can be turned off or adjusted with configuration settings 'akka.log-dead-letters' and 'akka.log-dead-letters-during-shutdown'."));
    }

    private bool IsReal(IActorRef? actor) => !actor.IsNobody() && !ReferenceEquals(actor, Context.System.DeadLetters);
}
