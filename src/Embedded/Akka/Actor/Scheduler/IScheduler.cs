using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>What time it is.</summary>
public interface ITimeProvider
{
    /// <summary>The time of day; it may jump.</summary>
    DateTimeOffset Now { get; }

    /// <summary>A clock that only goes forward, for measuring durations.</summary>
    TimeSpan MonotonicClock { get; }

    /// <summary>The same as <see cref="MonotonicClock" />, as precise as the machine has it.</summary>
    TimeSpan HighResMonotonicClock { get; }
}

/// <summary>A time provider on the clock of the machine.</summary>
public interface IDateTimeOffsetNowTimeProvider : ITimeProvider;

/// <summary>Sends messages later.</summary>
public interface ITellScheduler
{
    void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender);

    void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable);

    void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender);

    void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable);
}

/// <summary>Runs work later.</summary>
public interface IRunnableScheduler
{
    void ScheduleOnce(TimeSpan delay, IRunnable action);

    void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable);

    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action);

    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable);
}

/// <summary>Runs actions later, on the scheduler's own thread: they must be short and must not touch an actor's state.</summary>
public interface IActionScheduler : IRunnableScheduler
{
    void ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable);

    void ScheduleOnce(TimeSpan delay, Action action);

    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable);

    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action);
}

/// <summary>Scheduling for those who know that its actions run outside of any actor.</summary>
public interface IAdvancedScheduler : IActionScheduler;

/// <summary>
/// Sends messages once or repeatedly after a time. What is scheduled never comes early and may come late by a tick of the
/// scheduler.
/// </summary>
public interface IScheduler : ITellScheduler, ITimeProvider
{
    IAdvancedScheduler Advanced { get; }
}
