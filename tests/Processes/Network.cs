using System.ComponentModel;
using System.Diagnostics;

namespace ActorScheduler.Processes;

/// <summary>
/// Hosts joined by point-to-point links to one namespace in the middle, which forwards between them. Each link can be
/// cut by itself. Disposing of it removes all of it.
/// </summary>
public sealed class Network : IAsyncDisposable
{
    private static int _count;

    private readonly string _prefix;
    private readonly int _subnet;
    private readonly List<Host> _hosts = [];

    private Network(string prefix, int subnet)
    {
        _prefix = prefix;
        _subnet = subnet;
    }

    private string Middle => $"{_prefix}-mid";

    /// <summary>Why no network can be made here; null when one can.</summary>
    public static async Task<string?> Missing()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") return "network namespaces need root on Linux";
        try
        {
            return await Run("ip", "netns", "list").ConfigureAwait(false) is null ? null : "'ip netns' does not work here";
        }
        catch (Win32Exception)
        {
            return "there is no 'ip' (package iproute2)";
        }
    }

    /// <summary>Makes a network of so many hosts.</summary>
    /// <param name="hosts">How many.</param>
    /// <param name="withHere">Whether the test itself is on it too, see <see cref="Here"/>.</param>
    /// <exception cref="InvalidOperationException">The system refused; the message is its own.</exception>
    public static async Task<Network> Make(int hosts, bool withHere = false)
    {
        var number = Interlocked.Increment(ref _count);
        // Networks that this machine's own namespace is on must not have the same addresses, whichever process made them.
        var subnet = withHere ? 110 + ((Environment.ProcessId + number) % 100) : number % 100;
        var network = new Network($"as{Environment.ProcessId % 10000}-{number}", subnet);
        try
        {
            await Must("ip", "netns", "add", network.Middle).ConfigureAwait(false);
            await Must("ip", "netns", "exec", network.Middle, "sysctl", "-qw", "net.ipv4.ip_forward=1").ConfigureAwait(false);
            for (var i = 1; i <= hosts; i++) await network.Add(i).ConfigureAwait(false);
            if (withHere) await network.AddHere().ConfigureAwait(false);
            return network;
        }
        catch
        {
            await network.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The hosts, in the order in which they were made.</summary>
    public IReadOnlyList<Host> Hosts => _hosts;

    /// <summary>This machine, as the hosts reach it; null when it is not on the network. It can be cut off like them.</summary>
    public Host? Here { get; private set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts) await Run("ip", "netns", "del", host.Namespace).ConfigureAwait(false);
        await Run("ip", "netns", "del", Middle).ConfigureAwait(false);
    }

    /// <summary>Cuts two hosts off from each other, silently; others may still reach both.</summary>
    public Task Cut(Host one, Host other) => Split([one], [other]);

    /// <summary>Joins them again.</summary>
    public Task Heal(Host one, Host other) => Join([one], [other]);

    /// <summary>Cuts each of some hosts off from each of some others.</summary>
    public Task Split(IReadOnlyCollection<Host> some, IReadOnlyCollection<Host> others) => Rules("add", some, others);

    /// <summary>Joins them again.</summary>
    public Task Join(IReadOnlyCollection<Host> some, IReadOnlyCollection<Host> others) => Rules("del", some, others);

    // Rules of the namespace that forwards: nobody is told of what it drops, as on a network that lost a cable. All by one
    // command: on a busy machine one for each would take long enough to be noticed as several cuts, one after another.
    private async Task Rules(string what, IEnumerable<Host> some, IReadOnlyCollection<Host> others)
    {
        var lines = some.SelectMany(one => others.SelectMany(other => new[] { Line(one, other), Line(other, one) }));
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, lines).ConfigureAwait(false);
            await Must("ip", "-n", Middle, "-batch", file).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(file);
        }

        string Line(Host from, Host to) => $"rule {what} from {from.Address} to {to.Address} blackhole";
    }

    internal Task SetLink(Host host, bool up) =>
        Must("ip", "netns", "exec", Middle, "ip", "link", "set", LinkTo(_hosts.IndexOf(host) + 1), up ? "up" : "down");

    private static string LinkTo(int number) => $"h{number}";

    private async Task Add(int number)
    {
        var (name, link) = ($"{_prefix}-{number}", LinkTo(number));
        var (address, gateway) = ($"10.{_subnet + 10}.{number}.1", $"10.{_subnet + 10}.{number}.2");
        await Must("ip", "netns", "add", name).ConfigureAwait(false);
        _hosts.Add(new Host(this, name, address));
        await Must("ip", "link", "add", link, "netns", Middle, "type", "veth", "peer", "name", "eth0", "netns", name).ConfigureAwait(false);
        await Must("ip", "netns", "exec", Middle, "ip", "addr", "add", $"{gateway}/24", "dev", link).ConfigureAwait(false);
        await Must("ip", "netns", "exec", Middle, "ip", "link", "set", link, "up").ConfigureAwait(false);
        await Must("ip", "netns", "exec", name, "ip", "addr", "add", $"{address}/24", "dev", "eth0").ConfigureAwait(false);
        await Must("ip", "netns", "exec", name, "ip", "link", "set", "lo", "up").ConfigureAwait(false);
        await Must("ip", "netns", "exec", name, "ip", "link", "set", "eth0", "up").ConfigureAwait(false);
        await Must("ip", "netns", "exec", name, "ip", "route", "add", "default", "via", gateway).ConfigureAwait(false);
    }

    // Goes with the namespace in the middle, which has the other end of the link.
    private async Task AddHere()
    {
        var (link, end) = (LinkTo(0), $"{_prefix}-here");
        var (address, gateway) = ($"10.{_subnet + 10}.0.1", $"10.{_subnet + 10}.0.2");
        await Must("ip", "link", "add", link, "netns", Middle, "type", "veth", "peer", "name", end).ConfigureAwait(false);
        await Must("ip", "netns", "exec", Middle, "ip", "addr", "add", $"{gateway}/24", "dev", link).ConfigureAwait(false);
        await Must("ip", "netns", "exec", Middle, "ip", "link", "set", link, "up").ConfigureAwait(false);
        await Must("ip", "addr", "add", $"{address}/24", "dev", end).ConfigureAwait(false);
        await Must("ip", "link", "set", end, "up").ConfigureAwait(false);
        await Must("ip", "route", "add", $"10.{_subnet + 10}.0.0/16", "via", gateway, "dev", end).ConfigureAwait(false);
        Here = new Host(this, "", address);
    }

    private static async Task Must(params string[] command)
    {
        if (await Run(command).ConfigureAwait(false) is { } problem)
            throw new InvalidOperationException($"{string.Join(' ', command)}: {problem}");
    }

    /// <summary>Null when it went well, else what it said.</summary>
    private static async Task<string?> Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync().ConfigureAwait(false);
        await output.ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode == 0 ? null : error.Length > 0 ? error.Trim() : $"exit code {process.ExitCode}";
    }
}
