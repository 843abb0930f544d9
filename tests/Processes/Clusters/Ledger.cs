using System.Globalization;

namespace ActorScheduler.Processes.Clusters;

/// <summary>
/// The files, one a node, in which actors of which there should be one note when they start and stop, and what the test knows
/// of processes that it killed. From both: was there ever more than one at a time?
/// </summary>
public sealed class Ledger : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ledger-");
    private readonly Dictionary<string, List<long>> _deaths = [];

    /// <summary>What nodes name their files by.</summary>
    public string File => Path.Combine(_folder.FullName, "lives");

    /// <summary>Kills a node and remembers since when it cannot have run anything.</summary>
    public void Kill(ClusterNode node)
    {
        node.Process.Kill();
        Dead(node);
    }

    /// <summary>Says that a node's process has ended.</summary>
    public void Dead(ClusterNode node)
    {
        if (!_deaths.TryGetValue(node.Name, out var times)) _deaths[node.Name] = times = [];
        times.Add(ClusterNode.Now);
    }

    /// <summary>What was noted so far, in the order of time.</summary>
    public IReadOnlyList<Entry> Entries() =>
    [
        .. _folder.GetFiles().SelectMany(static file => System.IO.File.ReadAllText(file.FullName).Split('\n')[..^1])
            .Select(static line => line.Split(' '))
            .Select(static words => new Entry(long.Parse(words[0], CultureInfo.InvariantCulture), words[1] == "start", words[2], words[3]))
            .OrderBy(static entry => entry.Time).ThenBy(static entry => entry.IsStart),
    ];

    /// <summary>Waits for a start on one of these nodes after a time, and gives when it was.</summary>
    public async Task<Entry> StartsAfter(string name, long time, TimeSpan limit)
    {
        using var late = new CancellationTokenSource(limit);
        while (!late.IsCancellationRequested)
        {
            if (Entries().FirstOrDefault(entry => entry.IsStart && entry.Name == name && entry.Time > time) is { } found) return found;
            await Task.Delay(20, CancellationToken.None);
        }

        throw new TimeoutException($"{name} did not start within {limit}: {string.Join("; ", Entries())}");
    }

    /// <summary>Fails when an actor started while another of its name was running.</summary>
    /// <param name="cluster">What its nodes wrote is part of the failure.</param>
    public void NeverTwo(TestCluster cluster)
    {
        foreach (var actor in Entries().GroupBy(entry => entry.Name))
        {
            Entry? running = null;
            foreach (var entry in actor)
            {
                if (!entry.IsStart)
                {
                    if (running?.Node == entry.Node) running = null;
                    continue;
                }

                if (running is not null && !DiedBetween(running, entry))
                    throw new InvalidOperationException($"{entry} while {running} was running. All: {string.Join("; ", actor)}{Environment.NewLine}{cluster.Story()}");
                running = entry;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private bool DiedBetween(Entry one, Entry next) => _deaths.TryGetValue(one.Node, out var deaths) && deaths.Exists(time => time >= one.Time && time <= next.Time);

    /// <summary>One line.</summary>
    /// <param name="Time">Milliseconds of the clock.</param>
    /// <param name="IsStart">Start or stop.</param>
    /// <param name="Name">Which actor.</param>
    /// <param name="Node">Where.</param>
    public sealed record Entry(long Time, bool IsStart, string Name, string Node);
}
