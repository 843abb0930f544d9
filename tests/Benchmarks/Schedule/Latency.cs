using System.Diagnostics;
using ActorScheduler.Model;

namespace ActorScheduler.Benchmarks.Schedule;

/// <summary>P6: what a launch on an idle cluster takes until its container runs, above what the raw engine takes.</summary>
internal static class Latency
{
    private const int Count = 30;

    public static async Task Run(Uri address)
    {
        using var engine = new Engine(address);
        await engine.Start(2, 1);
        await using RealNode node = await RealNode.Start(address);
        var (raw, ours) = (new List<double>(), new List<double>());
        for (int i = 0; i < Count; i++)
        {
            raw.Add(await engine.Start(1, 1) * 1000);
            Offer offer = await node.Offer();
            long startedAt = Stopwatch.GetTimestamp();
            await node.Launch(offer, 1);
            List<TaskUpdate> running = await node.Updates(TaskState.Running, 1);
            ours.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
            await node.End(running);
            await engine.Clear();
        }
        raw.Sort();
        ours.Sort();
        Console.WriteLine($"engine.P6.p50 {raw[Count / 2]:0.0} ms");
        Console.WriteLine($"P6.p50 {ours[Count / 2] - raw[Count / 2]:0.0} ms above the engine");
        Console.WriteLine($"P6.max {ours[^1] - raw[^1]:0.0} ms above the engine's slowest");
    }
}
