using System.Diagnostics;
using ActorScheduler.Model;

namespace ActorScheduler.Benchmarks.Schedule;

/// <summary>R1: somebody kills a container; how long until the framework's next one runs? It holds an offer for that.</summary>
internal static class Replacement
{
    private const int Rounds = 20;

    public static async Task Run(Uri address)
    {
        using var engine = new Engine(address);
        await using RealNode node = await RealNode.Start(address);
        await node.Launch(await node.Offer(), 1);
        string container = (await node.Updates(TaskState.Running, 1))[0].Container!.ContainerId;
        var spans = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            Offer held = await node.Offer();
            long startedAt = Stopwatch.GetTimestamp();
            await engine.Kill(container);
            await node.Updates(TaskState.Failed, 1);
            await node.Launch(held, 1);
            container = (await node.Updates(TaskState.Running, 1))[0].Container!.ContainerId;
            spans.Add(Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
        }
        spans.Sort();
        Console.WriteLine($"R1.median {spans[Rounds / 2]:0.00} s");
        Console.WriteLine($"R1.max {spans[^1]:0.00} s");
    }
}
