using System.Diagnostics;
using ActorScheduler.Model;

namespace ActorScheduler.Benchmarks.Schedule;

/// <summary>
/// R1: somebody kills a container; how long until the framework's next one runs? It holds an offer for that. Where the time goes is
/// read off the engine's own events.
/// </summary>
internal static class Replacement
{
    private const int Rounds = 20;
    private static readonly string[] Steps = ["kill-to-die", "die-to-failed", "failed-to-create", "create-to-start", "start-to-running"];

    public static async Task Run(Uri address)
    {
        using var engine = new Engine(address);
        await using RealNode node = await RealNode.Start(address);
        await using var events = new EngineEvents(address);
        await node.Launch(await node.Offer(), 1);
        string container = (await node.Updates(TaskState.Running, 1))[0].Container!.ContainerId;
        var spans = new List<double>();
        List<double>[] steps = [.. Steps.Select(static _ => new List<double>())];
        for (int round = 0; round < Rounds; round++)
        {
            Offer held = await node.Offer();
            string killed = container;
            DateTimeOffset begin = TimeProvider.System.GetUtcNow();
            long startedAt = Stopwatch.GetTimestamp();
            await engine.Kill(container);
            await node.Updates(TaskState.Failed, 1);
            TimeSpan failed = Stopwatch.GetElapsedTime(startedAt);
            await node.Launch(held, 1);
            container = (await node.Updates(TaskState.Running, 1))[0].Container!.ContainerId;
            TimeSpan running = Stopwatch.GetElapsedTime(startedAt);
            spans.Add(running.TotalSeconds);
            TimeSpan[] at = [TimeSpan.Zero, await events.At(killed, "die") - begin, failed, await events.At(container, "create") - begin, await events.At(container, "start") - begin, running];
            for (int i = 0; i < steps.Length; i++)
                steps[i].Add((at[i + 1] - at[i]).TotalMilliseconds);
        }
        spans.Sort();
        Console.WriteLine($"R1.median {spans[Rounds / 2]:0.00} s");
        Console.WriteLine($"R1.max {spans[^1]:0.00} s");
        foreach ((string name, List<double> all) in Steps.Zip(steps))
            Console.WriteLine($"R1.{name}.median {all.Order().ElementAt(Rounds / 2):0} ms");
    }
}
