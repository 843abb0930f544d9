using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>One thing to do later, and the link to the next one in its slot of the wheel.</summary>
internal sealed class ScheduledEntry(object target, object? message, IActorRef? sender, ICancelable? cancelable, long interval)
{
    public ScheduledEntry? Next { get; set; }

    /// <summary>When it is due, on the stopwatch.</summary>
    public long Deadline { get; set; }

    /// <summary>The tick of the wheel at which it is due.</summary>
    public long Tick { get; set; }

    /// <summary>Stopwatch ticks between repetitions; zero for what is done once.</summary>
    public long Interval => interval;

    public bool IsCancelled => cancelable is { IsCancellationRequested: true };

    public void Run()
    {
        switch (target)
        {
            case Action action:
                action();
                break;
            case IRunnable runnable:
                runnable.Run();
                break;
            default:
                ((ICanTell)target).Tell(message!, sender!);
                break;
        }
    }

    public override string ToString() => message is null ? $"{target}" : $"{message.GetType()} to {target}";
}
