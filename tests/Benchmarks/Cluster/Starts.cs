using System.Diagnostics;
using ActorScheduler.Processes;

namespace ActorScheduler.Benchmarks.Cluster;

/// <summary>From the start of processes to all of them ready.</summary>
internal static class Starts
{
    internal static Task One() => Of("start-one", nodes: 1, rounds: 10);

    internal static Task Three() => Of("start-three", nodes: 3, rounds: 5);

    /// <summary>Thirty members that join one after another, in one process.</summary>
    internal static async Task Thirty()
    {
        long begun = Stopwatch.GetTimestamp();
        await using NodeProcess dev = NodeProcess.Start("dev", Nodes.Program, ["dev", "--nodes", "30", "--http", "off"]);
        await dev.Line(static line => line.StartsWith("A cluster of 30 is ready", StringComparison.Ordinal), TimeSpan.FromMinutes(3));
        Figures.Print("start-thirty", Stopwatch.GetElapsedTime(begun).TotalSeconds, "s");
    }

    private static async Task Of(string name, int nodes, int rounds)
    {
        List<double> spans = [];
        for (int round = 0; round < rounds; round++)
        {
            await using var cluster = new Nodes(nodes);
            long begun = Stopwatch.GetTimestamp();
            for (int number = 1; number <= nodes; number++)
                cluster.Start(number);
            await Task.WhenAll(Enumerable.Range(1, nodes).Select(Nodes.Ready));
            spans.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }
        Figures.Print(name, spans, "s");
    }
}
