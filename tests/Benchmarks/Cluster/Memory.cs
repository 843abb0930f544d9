using System.Globalization;

namespace ActorScheduler.Benchmarks.Cluster;

/// <summary>What a node takes that has nothing to do.</summary>
internal static class Memory
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    internal static async Task Idle()
    {
        await using var node = new Nodes(1);
        node.Start(1);
        await Nodes.Ready(1);
        await Task.Delay(Settling);
        string resident = File.ReadLines($"/proc/{node[1].Id}/status").First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        Figures.Print("idle-memory", long.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1000.0, "MB");
    }
}
