using Akka.Actor;

namespace Akka.Event;

/// <summary>The logger that writes to the console.</summary>
public class DefaultLogger : ActorBase
{
    private MinimalLogger? _stdout;

    protected override void PreStart() => _stdout = Context.System.Settings.StdoutLogger;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized(), Self);
                return true;
            case LogEvent logEvent:
                Print(logEvent);
                return true;
            default:
                return false;
        }
    }

    protected virtual void Print(LogEvent logEvent)
    {
        if (_stdout is null) StandardOutLogger.Print(logEvent);
        else _stdout.Tell(logEvent, ActorRefs.NoSender);
    }
}
