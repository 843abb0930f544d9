using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.TestKit.TestEvent;

namespace Akka.TestKit;

/// <summary>The logger of systems under test: events that a filter picks are not printed.</summary>
public class TestEventListener : DefaultLogger
{
    private readonly List<IEventFilter> _filters = [];

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger initialize:
                foreach (var channel in (Type[])[typeof(Mute), typeof(Unmute), typeof(DeadLetter), typeof(UnhandledMessage)])
                    initialize.LoggingBus.Subscribe(Context.Self, channel);
                Sender.Tell(new LoggerInitialized(), Self);
                break;
            case Mute mute:
                _filters.AddRange(mute.Filters);
                break;
            case Unmute unmute:
                foreach (var filter in unmute.Filters) _filters.Remove(filter);
                break;
            case LogEvent logEvent:
                if (!IsMuted(logEvent)) Print(logEvent);
                break;
            case DeadLetter letter:
                HandleDeadLetter(letter);
                break;
            case UnhandledMessage unhandled:
                var warning = new Warning(
                    unhandled.Recipient.Path.ToString(), unhandled.Recipient.GetType(), $"Unhandled message from {unhandled.Sender}: {unhandled.Message}");
                if (!IsMuted(warning)) Print(warning);
                break;
            default:
                Print(new Debug(Context.System.Name, GetType(), message));
                break;
        }

        return true;
    }

    private void HandleDeadLetter(DeadLetter letter)
    {
        if (letter.Message is ISystemMessage or TerminationHook) return;
        var (sender, recipient) = (letter.Sender, letter.Recipient);
        var picked = new Warning(recipient.Path.ToString(), recipient.GetType(), letter);
        if (IsMuted(picked)) return;
        var text = recipient is LocalActorRef { IsTerminated: true }
            ? $"Received dead letter from {sender}: {letter.Message}"
            : $"Received dead letter from {sender} to {recipient}: {letter.Message}";
        var warning = new Warning(recipient.Path.ToString(), recipient.GetType(), text);
        if (!IsMuted(warning)) Print(warning);
    }

    private bool IsMuted(LogEvent logEvent)
    {
        foreach (var filter in _filters.ToArray())
        {
            try
            {
                if (filter.Apply(logEvent)) return true;
            }
            catch (Exception failure)
            {
                Print(new Warning(filter.ToString()!, filter.GetType(), $"The event filter failed: {failure}"));
            }
        }

        return false;
    }
}
