namespace Akka.Actor;

/// <summary>An actor that has timers; they are set once it is constructed, before its first message and PreStart.</summary>
public interface IWithTimers
{
    ITimerScheduler Timers { get; set; }
}
