using System.Diagnostics;
using Akka.Actor;

namespace ActorScheduler.Benchmarks.Engine;

/// <summary>What it costs to make and to keep actors.</summary>
internal static class Actors
{
    internal static async Task Creation(int rounds)
    {
        const int Count = 200_000;
        await Report.Rates("actor-creation", "actors/s", rounds, async () =>
        {
            using var system = ActorSystem.Create("bench", "akka.loglevel = WARNING");
            var countdown = new CountdownEvent(Count);
            var props = Props.Create(() => new Started(countdown));
            var startedAt = Stopwatch.GetTimestamp();
            for (var i = 0; i < Count; i++) system.ActorOf(props);
            await Task.Run(countdown.Wait);
            var rate = Report.PerSecond(Count, startedAt);
            await system.Terminate();
            return rate;
        });
    }

    /// <summary>Managed heap a started actor without state of its own, its reference and its entry at the parent included.</summary>
    internal static async Task BytesPerIdleActor(int rounds)
    {
        const int Count = 500_000;
        _ = rounds;
        using var system = ActorSystem.Create("bench", "akka.loglevel = WARNING");
        await Make(system, 10_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Make(system, Count);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        Report.Print("bytes-per-idle-actor", (after - before) / (double)Count, "bytes");
        await system.Terminate();
    }

    private static async Task Make(ActorSystem system, int count)
    {
        var countdown = new CountdownEvent(count);
        var props = Props.Create(() => new Idle());
        for (var i = 0; i < count; i++) system.ActorOf(props).Tell(countdown, ActorRefs.NoSender);
        await Task.Run(countdown.Wait);
    }

    private sealed class Idle : UntypedActor
    {
        protected override void OnReceive(object message) => ((CountdownEvent)message).Signal();
    }

    private sealed class Started(CountdownEvent countdown) : UntypedActor
    {
        protected override void PreStart() => countdown.Signal();

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
