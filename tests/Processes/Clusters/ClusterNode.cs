using System.Globalization;

namespace ActorScheduler.Processes.Clusters;

/// <summary>A member of a cluster as a process, with the shipped settings, and what it wrote so far.</summary>
public sealed class ClusterNode : IAsyncDisposable
{
    /// <summary>Where every node listens, on an address of its own.</summary>
    public const int Port = 2552;

    private readonly NodeProcess _process;

    private ClusterNode(string host, NodeProcess process)
    {
        Host = host;
        _process = process;
    }

    /// <summary>Its address as a number.</summary>
    public string Host { get; }

    /// <summary>As it is written in observations.</summary>
    public string Name => $"{Host}:{Port}";

    /// <summary>As nodes name each other.</summary>
    public string Address => $"akka.tcp://cluster@{Name}";

    /// <summary>Its process, to be killed, paused and resumed.</summary>
    public NodeProcess Process => _process;

    /// <summary>The clock of the observations, in milliseconds.</summary>
    public static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    /// <param name="address">Where it listens.</param>
    /// <param name="seeds">The hosts that it joins.</param>
    /// <param name="more">Settings before the shipped ones.</param>
    /// <param name="host">The host that it runs on, if it has one of its own.</param>
    public static ClusterNode Start(string address, IEnumerable<string> seeds, string more = "", Host? host = null)
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

    /// <summary>Writes a command.</summary>
    public Task Tell(string command) => _process.Tell(command);

    /// <summary>Waits for an observation, and gives its time in milliseconds of the clock.</summary>
    /// <param name="observation">The line without its time.</param>
    /// <param name="limit">How long.</param>
    /// <param name="from">Lines before this one do not count.</param>
    public async Task<long> Observes(string observation, TimeSpan limit, int from = 0)
    {
        var line = await _process.Line(line => Observation(line) == observation, limit, from);
        return Time(line);
    }

    /// <summary>Waits for an observation that begins so, and gives the rest of it.</summary>
    public async Task<string> Tells(string start, TimeSpan limit, int from = 0)
    {
        var line = await _process.Line(line => Observation(line)?.StartsWith(start, StringComparison.Ordinal) == true, limit, from);
        return Observation(line)![start.Length..];
    }

    /// <summary>Asks for something and gives the first line with that start that is written after that.</summary>
    public async Task<string> Ask(string command, string start, TimeSpan limit)
    {
        var from = _process.Lines.Count;
        await Tell(command);
        return await Tells(start, limit, from);
    }

    /// <summary>How many lines it wrote so far, for what has to come after.</summary>
    public int Mark() => _process.Lines.Count;

    /// <summary>All that it observed since a mark, without times.</summary>
    public IReadOnlyList<string> Observed(int from = 0) => [.. _process.Lines.Skip(from).Select(Observation).OfType<string>()];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static long Time(string line) => long.Parse(line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    /// <summary>The line without its time; null when it is none of the program's own.</summary>
    private static string? Observation(string line)
    {
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        return blank == 13 && line.AsSpan(0, blank).IndexOfAnyExceptInRange('0', '9') < 0 ? line[(blank + 1)..] : null;
    }
}
