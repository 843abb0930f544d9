using System.Diagnostics;
using ActorScheduler.Model;

namespace ActorScheduler.Benchmarks.Schedule;

/// <summary>P4: containers running, launched at once by a framework, beside the raw engine in turn.</summary>
internal static class Containers
{
    private const int Count = 50;
    private const int Rounds = 3;

    public static async Task Run(Uri address)
    {
        using var engine = new Engine(address);
        await engine.Start(4, 4);
        await engine.Clear();
        await using RealNode node = await RealNode.Start(address);
        var (raw, ours) = (new List<double>(), new List<double>());
        for (int round = 0; round < Rounds; round++)
        {
            raw.Add(Count / await engine.Start(Count, 4));
            await engine.Clear();
            Offer offer = await node.Offer();
            long startedAt = Stopwatch.GetTimestamp();
            await node.Launch(offer, Count);
            List<TaskUpdate> running = await node.Updates(TaskState.Running, Count);
            ours.Add(Count / Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
            await node.End(running);
        }
        double[] ratios = [.. ours.Zip(raw, static (mine, bare) => mine / bare).Order()];
        Console.WriteLine($"P4.median {ours.Order().ElementAt(Rounds / 2):0.0} containers/s");
        Console.WriteLine($"engine.P4.median {raw.Order().ElementAt(Rounds / 2):0.0} containers/s");
        Console.WriteLine($"P4.ratio.median {ratios[Rounds / 2]:0.00} ours/raw");
    }
}
