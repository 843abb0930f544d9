using System.Diagnostics;
using Akka.Actor;

namespace ActorScheduler.Benchmarks.Engine;

/// <summary>Timers armed, and fired.</summary>
internal static class Timers
{
    internal static Task ArmAndFire(int rounds) => Report.Rates("timers-armed-fired", "timers/s", rounds, async () =>
    {
        const int Count = 500_000;
        using var system = ActorSystem.Create("bench", "akka.loglevel = WARNING");
        var countdown = new CountdownEvent(Count);
        Action fired = () => countdown.Signal();
        var startedAt = Stopwatch.GetTimestamp();
        for (var i = 0; i < Count; i++) system.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromMilliseconds(10 + (i % 50)), fired);
        await Task.Run(countdown.Wait);
        var rate = Report.PerSecond(Count, startedAt);
        await system.Terminate();
        return rate;
    });
}
