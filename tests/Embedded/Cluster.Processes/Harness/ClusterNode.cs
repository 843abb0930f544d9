using System.Globalization;

namespace Cluster.Processes.Specs.Harness;

/// <summary>A member of a cluster as a process, with the shipped settings, and what it wrote so far.</summary>
internal sealed class ClusterNode : IAsyncDisposable
{
    internal const int Port = 2552;

    private readonly NodeProcess _process;

    private ClusterNode(string host, NodeProcess process)
    {
        Host = host;
        _process = process;
    }

    internal string Host { get; }

    /// <summary>As it is written in observations.</summary>
    internal string Name => $"{Host}:{Port}";

    internal string Address => $"akka.tcp://cluster@{Name}";

    internal NodeProcess Process => _process;

    internal static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    /// <param name="address">Where it listens.</param>
    /// <param name="seeds">The hosts that it joins.</param>
    /// <param name="more">Settings before the shipped ones.</param>
    /// <param name="host">The host that it runs on, if it has one of its own.</param>
    internal static ClusterNode Start(string address, IEnumerable<string> seeds, string more = "", Host? host = null)
    {
        var config = $$"""
            akka {
              loglevel = INFO
              actor.provider = cluster
              coordinated-shutdown.exit-clr = on
              remote.dot-netty.tcp { hostname = {{address}}, port = {{Port}} }
              cluster.seed-nodes = [{{string.Join(", ", seeds.Select(seed => $"\"akka.tcp://cluster@{seed}:{Port}\""))}}]
            }
            {{more}}
            """;
        var folder = AppContext.BaseDirectory;
        return new ClusterNode(address, NodeProcess.Start(
            address, Path.Combine(folder, "Cluster.Node.dll"), [config, Path.Combine(folder, "reference.conf")], host));
    }

    internal Task Tell(string command) => _process.Tell(command);

    /// <summary>Waits for an observation, and gives its time in milliseconds of the clock.</summary>
    /// <param name="observation">The line without its time.</param>
    /// <param name="limit">How long.</param>
    /// <param name="from">Lines before this one do not count.</param>
    internal async Task<long> Observes(string observation, TimeSpan limit, int from = 0)
    {
        var line = await _process.Line(line => Observation(line) == observation, limit, from);
        return Time(line);
    }

    /// <summary>Waits for an observation that begins so, and gives the rest of it.</summary>
    internal async Task<string> Tells(string start, TimeSpan limit, int from = 0)
    {
        var line = await _process.Line(line => Observation(line)?.StartsWith(start, StringComparison.Ordinal) == true, limit, from);
        return Observation(line)![start.Length..];
    }

    /// <summary>Asks for something and gives the first line with that start that is written after that.</summary>
    internal async Task<string> Ask(string command, string start, TimeSpan limit)
    {
        var from = _process.Lines.Count;
        await Tell(command);
        return await Tells(start, limit, from);
    }

    internal int Mark() => _process.Lines.Count;

    /// <summary>All that it observed since a mark, without times.</summary>
    internal IReadOnlyList<string> Observed(int from = 0) => [.. _process.Lines.Skip(from).Select(Observation).OfType<string>()];

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static long Time(string line) => long.Parse(line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    /// <summary>The line without its time; null when it is none of the program's own.</summary>
    private static string? Observation(string line)
    {
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        return blank == 13 && line.AsSpan(0, blank).IndexOfAnyExceptInRange('0', '9') < 0 ? line[(blank + 1)..] : null;
    }
}
