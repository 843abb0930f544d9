using System.Diagnostics;

namespace ActorScheduler.Containers.Specs.Docker;

/// <summary>An engine of the spec's own, which may be stopped and killed: with a bridge, and without touching the host's packet filters.</summary>
internal sealed class OwnEngine : IAsyncDisposable
{
    private static int _bridges = Environment.ProcessId % 100;

    private readonly string _folder = Directory.CreateTempSubdirectory("asched-engine-").FullName;
    private readonly string _bridge;
    private readonly int _network;
    private Process? _process;

    public OwnEngine()
    {
        _network = Interlocked.Increment(ref _bridges) % 200;
        _bridge = $"asched{_network}";
    }

    /// <summary>Null when one can be started here; else why not.</summary>
    public static string? Missing => LocalEngine.Missing is { } missing ? missing
        : Environment.UserName != "root" ? "An engine of its own needs root."
        : !File.Exists("/usr/sbin/dockerd") && !File.Exists("/usr/bin/dockerd") ? "There is no dockerd to start."
        : !Path.Exists("/sbin/ip") && !Path.Exists("/usr/sbin/ip") ? "There is no ip to make a bridge."
        : null;

    public string Socket => Path.Combine(_folder, "docker.sock");

    public int ProcessId => _process!.Id;

    /// <summary>With the image of the other engine.</summary>
    public async Task Prepare()
    {
        await Shell($"ip link add {_bridge} type bridge && ip addr add 10.213.{_network}.1/24 dev {_bridge} && ip link set {_bridge} up");
        await Start();
        await Shell($"curl -sf --unix-socket {LocalEngine.Endpoint.LocalPath} http://docker/images/{LocalEngine.Image}/get | curl -sf --unix-socket {Socket} -X POST --data-binary @- -H 'Content-Type: application/x-tar' http://docker/images/load");
    }

    public async Task Start()
    {
        // No pipes: containers' keepers inherit them, and outlive the engine whose end is waited for.
        _process = Process.Start(new ProcessStartInfo("sh", [
            "-c", "exec setsid \"$@\" > /dev/null 2>&1 < /dev/null", "sh",
            "dockerd", "--data-root", Path.Combine(_folder, "data"), "--exec-root", Path.Combine(_folder, "exec"), "--pidfile", Path.Combine(_folder, "d.pid"),
            "--host", $"unix://{Socket}", "--bridge", _bridge, "--iptables=false", "--ip6tables=false", "--ip-masq=false",
            "--containerd-namespace", _bridge, "--containerd-plugins-namespace", $"{_bridge}-plugins"]))!;
        long since = Stopwatch.GetTimestamp();
        while (!LocalEngine.Answers(Socket, "/_ping"))
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(40), "the spec's own engine did not answer within 40 s");
            await Task.Delay(50);
        }
    }

    /// <summary>Ends its process, by a signal.</summary>
    public async Task End(string signal)
    {
        await Shell($"kill -CONT {ProcessId}; kill -{signal} {ProcessId}");
        await _process!.WaitForExitAsync();
        // A killed engine leaves traces of its containerd, which make the next one wait for it in vain.
        await KillRest();
        await Shell($"rm -f {_folder}/exec/containerd/containerd.pid {_folder}/exec/containerd/*.sock {_folder}/d.pid; true");
    }

    public Task Signal(string signal) => Shell($"kill -{signal} {ProcessId}");

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await End("TERM");
        _process?.Dispose();
        await KillRest();
        await Shell($"ip link del {_bridge}; for m in $(awk -v under={_folder} 'index($2, under) == 1 {{ print $2 }}' /proc/mounts | sort -r); do umount -l $m; done; rm -rf {_folder}; true");
    }

    /// <summary>What an engine leaves when it is killed: its containerd, and the shims above the containers, told by their paths.</summary>
    private async Task KillRest()
    {
        foreach (Process process in Process.GetProcesses())
        {
            using (process)
            {
                if (process.ProcessName.StartsWith("containerd", StringComparison.Ordinal) && Arguments(process.Id).Contains(_folder, StringComparison.Ordinal))
                    await Shell($"kill -9 {process.Id}; true");
            }
        }
    }

    private static string Arguments(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task Shell(string script)
    {
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"({script}) > /dev/null 2>&1"]))!;
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, $"exit code {shell.ExitCode}: {script}");
    }
}

/// <summary>A fact that needs an engine of its own. Skipped where none can be started, unless ACTORSCHEDULER_REQUIRE_ALL=1: then it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OwnEngineFactAttribute : FactAttribute
{
    public OwnEngineFactAttribute()
    {
        if (!LocalEngine.IsRequired && OwnEngine.Missing is { } reason)
            Skip = reason;
        Timeout = 180_000;
    }
}
