using System.Globalization;
using ActorScheduler.Processes;

namespace ActorScheduler.Journal.Specs.Harness;

/// <summary>
/// Processes that write to one journal, one after another or at once, and what all of them said: what is acknowledged must be there, in order
/// and once, whenever somebody begins again.
/// </summary>
internal sealed class Writers(string journal, int actors, int snapshotDueAfter, string more = "") : IAsyncDisposable
{
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "ActorScheduler.Journal.Writer.dll");

    private readonly string _prefix = $"w-{Guid.NewGuid():N}";
    private readonly Dictionary<string, long> _acknowledged = [];
    private readonly List<NodeProcess> _started = [];

    /// <summary>How many facts were acknowledged so far, of what was checked.</summary>
    internal long Acknowledged => _acknowledged.Values.Sum();

    /// <summary>Starts a process, which waits to be told to begin.</summary>
    internal NodeProcess Start()
    {
        NodeProcess process = NodeProcess.Start($"writer {_started.Count + 1}", Program, [journal, _prefix, $"{actors}", $"{snapshotDueAfter}", more]);
        _started.Add(process);
        return process;
    }

    /// <summary>Lets it write until it has said so many lines more.</summary>
    internal async Task Write(NodeProcess process, int lines)
    {
        await process.Line(static line => line == "ready", Limit);
        int from = process.Lines.Count;
        await process.Tell("start");
        using var late = new CancellationTokenSource(Limit);
        while (process.Lines.Count < from + lines)
        {
            Assert.False(process.HasExited || late.IsCancellationRequested, $"The writer does not go on: {string.Join(Environment.NewLine, process.Lines.TakeLast(20))}");
            await Task.Delay(5, CancellationToken.None);
        }
    }

    /// <summary>Stops its actors in good order; the process goes on.</summary>
    internal static async Task Stop(NodeProcess process)
    {
        int from = process.Lines.Count;
        await process.Tell("stop");
        await process.Line(static line => line == "stopped", Limit, from);
    }

    /// <summary>SIGKILL.</summary>
    internal static async Task Kill(NodeProcess process)
    {
        process.Kill();
        await process.Exit(Limit);
        // The last lines are read when it is gone.
        await process.DisposeAsync();
    }

    /// <summary>Compares what it said since a line with all that was acknowledged before that.</summary>
    internal void Check(NodeProcess process, int from = 0)
    {
        foreach (string line in process.Lines.Skip(from))
        {
            string[] words = line.Split(' ');
            // The kill may have cut the last line short: then it says nothing.
            if (words is ["recovered", { } begun, { } recovered] && long.TryParse(recovered, NumberStyles.None, CultureInfo.InvariantCulture, out long n))
                Assert.True(n >= _acknowledged.GetValueOrDefault(begun), $"{begun}: {_acknowledged.GetValueOrDefault(begun)} facts were acknowledged, {n} recovered");
            else if (words is ["ack", { } id, { } number] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out n) && n > _acknowledged.GetValueOrDefault(id))
                _acknowledged[id] = n;
            else if (words[0] is "broken" or "failed" or "not-recovered" or "refused")
                Assert.Fail(line);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (NodeProcess process in _started.Where(static process => !HasEnded(process)))
            await process.DisposeAsync();
    }

    private static bool HasEnded(NodeProcess process)
    {
        try
        {
            return process.HasExited;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
