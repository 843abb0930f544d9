using System.Diagnostics;
using System.Globalization;
using ActorScheduler.Processes.Clusters;
using Xunit.Abstractions;

namespace Cluster.Processes.Specs;

/// <summary>
/// Five processes that are killed, paused and ended at random, one after another, and started again. Two minutes in the suite;
/// <c>scripts/soak MINUTES</c> for longer. ACTORSCHEDULER_SEED repeats a run.
/// </summary>
public sealed class SoakSpecs(ITestOutputHelper output)
{
    private const int Nodes = 5;
    private const int Entities = 50;

    private static readonly TimeSpan Limit = TestCluster.Limit;

    private readonly Random _random = new(Number("ACTORSCHEDULER_SEED", 20261122));
    private readonly Dictionary<string, int> _faults = [];

    [Fact]
    public async Task Whatever_happens_all_is_well_afterwards()
    {
        var length = TimeSpan.FromMinutes(Number("ACTORSCHEDULER_SOAK_MINUTES", 2));
        output.WriteLine($"ACTORSCHEDULER_SEED={Number("ACTORSCHEDULER_SEED", 20261122)}, {length}");
        using var ledger = new Ledger();
        using var journal = new SharedJournal();
        await using var cluster = await TestCluster.Form(Nodes, journal.Config);
        foreach (var node in cluster.Nodes) await Begin(node, ledger);
        await IsWell(cluster);

        var startedAt = Stopwatch.GetTimestamp();
        Footprint? early = null;
        while (Stopwatch.GetElapsedTime(startedAt) < length)
        {
            try
            {
                await Trouble(cluster, ledger);
                await IsWell(cluster);
            }
            catch (Exception)
            {
                output.WriteLine($"{string.Join(Environment.NewLine, cluster.Nodes.Select(static node => $"{node.Name} {StateOf(node.Process.Id)}"))}{Environment.NewLine}{cluster.Story()}");
                throw;
            }

            // The first node is never ended, so that it shows what stays behind.
            if (early is null && Stopwatch.GetElapsedTime(startedAt) > length / 4) early = Footprint.Of(cluster[0].Process.Id);
        }

        var late = Footprint.Of(cluster[0].Process.Id);
        output.WriteLine($"{string.Join(", ", _faults.Select(fault => $"{fault.Key} {fault.Value}"))}; first node after a quarter {early}, at the end {late}");
        ledger.NeverTwo(cluster);
        Assert.True(late.ResidentMiB < (early!.ResidentMiB * 1.3) + 40, $"Memory grew from {early} to {late}");
        Assert.True(late.Threads <= early.Threads + 15, $"Threads grew from {early} to {late}");
    }

    /// <summary>Whether the system lets a process run.</summary>
    private static string StateOf(int process) => File.Exists($"/proc/{process}/status")
        ? File.ReadLines($"/proc/{process}/status").First(static line => line.StartsWith("State:", StringComparison.Ordinal))
        : "has ended";

    private async Task Trouble(TestCluster cluster, Ledger ledger)
    {
        var index = _random.Next(1, Nodes);
        var node = cluster[index];
        var fault = _random.Next(4) switch { 0 => "killed", 1 => "ended", 2 => "paused for long", _ => "paused" };
        output.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {node.Name} (process {node.Process.Id}) is {fault}");
        _faults[fault] = _faults.GetValueOrDefault(fault) + 1;
        switch (fault)
        {
            case "killed":
                ledger.Kill(node);
                // Sometimes before the others have noticed.
                await Task.Delay(_random.Next(3000));
                break;
            case "ended":
                node.Process.Terminate();
                await node.Process.Exit(Limit);
                ledger.Dead(node);
                break;
            case "paused for long":
                node.Process.Pause();
                ledger.Dead(node);
                await TestCluster.AllSee(cluster.Nodes.Where(other => other != node), Nodes - 1);
                node.Process.Resume();
                await node.Process.Exit(Limit);
                break;
            default:
                var paused = cluster[_random.Next(Nodes)];
                paused.Process.Pause();
                await Task.Delay(_random.Next(200, 1000));
                paused.Process.Resume();
                return;
        }

        var again = cluster.Start(index);
        await again.Tells("listening", Limit);
        await Begin(again, ledger);
    }

    private static async Task Begin(ClusterNode node, Ledger ledger)
    {
        await node.Ask($"singleton start {ledger.File}", "manager started", Limit);
        await node.Ask($"shards start plain {ledger.File}", "region started", Limit);
    }

    /// <summary>All members are up, every entity answers, and so does the singleton.</summary>
    private async Task IsWell(TestCluster cluster)
    {
        await TestCluster.AllSee(cluster.Nodes, Nodes);
        var asker = cluster[_random.Next(Nodes)];
        await asker.Ask($"shards reach 1 {Entities}", $"reached 1 {Entities}", Limit);
        for (var attempt = 0; await asker.Ask("singleton ask", "singleton ", Limit) == "silent"; attempt++)
            Assert.True(attempt < 10, "The singleton does not answer");
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : otherwise;

    /// <summary>What a process takes up.</summary>
    private sealed record Footprint(double ResidentMiB, int Threads)
    {
        internal static Footprint Of(int process)
        {
            using var found = Process.GetProcessById(process);
            return new Footprint(found.WorkingSet64 / 1048576.0, found.Threads.Count);
        }
    }
}
