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
    /// <exception cref="InvalidOperationException">The system refused; the message is its own.</exception>
    public static async Task<Network> Make(int hosts)
    {
        var number = Interlocked.Increment(ref _count);
        var network = new Network($"as{Environment.ProcessId % 10000}-{number}", number % 200);
        try
        {
            await Must("ip", "netns", "add", network.Middle).ConfigureAwait(false);
            await Must("ip", "netns", "exec", network.Middle, "sysctl", "-qw", "net.ipv4.ip_forward=1").ConfigureAwait(false);
            for (var i = 1; i <= hosts; i++) await network.Add(i).ConfigureAwait(false);
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

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts) await Run("ip", "netns", "del", host.Namespace).ConfigureAwait(false);
        await Run("ip", "netns", "del", Middle).ConfigureAwait(false);
    }

    /// <summary>Cuts two hosts off from each other, silently; others may still reach both.</summary>
    public async Task Cut(Host one, Host other)
    {
        await Rule("add", one, other).ConfigureAwait(false);
        await Rule("add", other, one).ConfigureAwait(false);
    }

    /// <summary>Joins them again.</summary>
    public async Task Heal(Host one, Host other)
    {
        await Rule("del", one, other).ConfigureAwait(false);
        await Rule("del", other, one).ConfigureAwait(false);
    }

    /// <summary>Cuts each of some hosts off from each of some others.</summary>
    public async Task Split(IReadOnlyCollection<Host> some, IReadOnlyCollection<Host> others)
    {
        foreach (var one in some)
            foreach (var other in others)
                await Cut(one, other).ConfigureAwait(false);
    }

    /// <summary>Joins them again.</summary>
    public async Task Join(IReadOnlyCollection<Host> some, IReadOnlyCollection<Host> others)
    {
        foreach (var one in some)
            foreach (var other in others)
                await Heal(one, other).ConfigureAwait(false);
    }

    // A rule of the namespace that forwards: nobody is told of what it drops, as on a network that lost a cable.
    private Task Rule(string what, Host from, Host to) =>
        Must("ip", "netns", "exec", Middle, "ip", "rule", what, "from", from.Address, "to", to.Address, "blackhole");

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
