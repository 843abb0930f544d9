using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ActorScheduler.Hosts.Specs.Harness;

/// <summary>
/// One host's Docker engine: a dockerd and a containerd of its own, each a process as under a service manager, with all that
/// they keep on a small disk of their own, and one control group above all of its containers. So what belongs to the host is known for certain,
/// and nothing else is ever touched.
/// </summary>
internal sealed partial class Engine : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string _name;
    private readonly string _network;
    private readonly bool _keepsContainers;
    private Process? _containerd;
    private Process? _dockerd;

    /// <summary>What fits on a host's disk, in MiB.</summary>
    public const int Disk = 256;

    /// <summary>An engine that does not run yet.</summary>
    /// <param name="number">Of the host, from 1.</param>
    /// <param name="keepsContainers">
    /// Docker's own setting live-restore: whether containers go on while the engine is away. By default it ends those that it
    /// finds when it comes back.
    /// </param>
    public Engine(int number, bool keepsContainers)
        : this(Directory.CreateTempSubdirectory($"asched-host-{Environment.ProcessId}-{number}-").FullName, Environment.ProcessId, number, keepsContainers)
    {
    }

    private Engine(string folder, int owner, int number, bool keepsContainers)
    {
        (_folder, _keepsContainers) = (folder, keepsContainers);
        _name = $"asched-{owner % 10_000}-{number}";
        _network = $"10.214.{(owner % 80 * 3) + number}";
        Api = new EngineApi(Socket);
    }

    /// <summary>Why no such engine can be had here; null when one can.</summary>
    public static string? Missing => LocalEngine.Missing is { } missing ? missing
        : Environment.UserName != "root" ? "Engines of their own need root."
        : new[] { "dockerd", "containerd", "ip", "mkfs.ext4" }.FirstOrDefault(static program => !IsThere(program)) is { } program ? $"There is no {program}."
        : null;

    public EngineApi Api { get; }

    /// <summary>A folder on the host's disk for others than the engine.</summary>
    public string Node => Path.Combine(_folder, "node");

    public string Socket => Path.Combine(_folder, "docker.sock");

    public bool Runs => _dockerd is { HasExited: false };

    private string Run => Path.Combine(_folder, "run");

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Removes what tests have left that were killed, and could not do so themselves.</summary>
    public static async Task RemoveLeftovers()
    {
        foreach (string mounted in (await File.ReadAllLinesAsync("/proc/mounts")).Select(static line => line.Split(' ')[1]))
        {
            if (Disks().Match(mounted) is { Success: true } disk && int.Parse(disk.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is var owner && !Directory.Exists($"/proc/{owner}"))
                await new Engine(mounted, owner, int.Parse(disk.Groups[2].ValueSpan, CultureInfo.InvariantCulture), keepsContainers: false).DisposeAsync();
        }
    }

    /// <summary>Starts what does not run; returns when the engine answers and has the image.</summary>
    public async Task Start()
    {
        await Shell($"mountpoint {_folder} || (truncate -s {Disk}M {_folder}.disk && mkfs.ext4 -q -m 0 {_folder}.disk && mount -o loop {_folder}.disk {_folder})");
        Directory.CreateDirectory(Run);
        await Shell($"ip link show {_name} || (ip link add {_name} type bridge && ip addr add {_network}.1/24 dev {_name} && ip link set {_name} up)");
        if (_containerd is not { HasExited: false })
        {
            string config = Path.Combine(_folder, "containerd.toml");
            await File.WriteAllTextAsync(config, $"""
                version = 2
                root = "{_folder}/containerd"
                state = "{Run}/containerd"
                disabled_plugins = ["io.containerd.grpc.v1.cri"]
                [grpc]
                  address = "{Run}/containerd.sock"
                """);
            _containerd = Service("containerd", "--config", config);
        }
        // A killed engine leaves its number, which another process may have had since.
        File.Delete($"{Run}/dockerd.pid");
        _dockerd = Service(
            "dockerd", ["--data-root", Data, "--exec-root", $"{Run}/docker", "--pidfile", $"{Run}/dockerd.pid", "--host", $"unix://{Socket}",
            "--containerd", $"{Run}/containerd.sock", "--exec-opt", "native.cgroupdriver=cgroupfs", "--cgroup-parent", $"/{_name}",
            "--bridge", _name, "--iptables=false", "--ip6tables=false", "--ip-masq=false", .. _keepsContainers ? new[] { "--live-restore" } : []]);
        long since = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await Api.Answers() && await timer.WaitForNextTickAsync())
        {
            Assert.False(_dockerd.HasExited, await Story());
            Assert.True(Stopwatch.GetElapsedTime(since) < ProcessCluster.Limit, await Story());
        }
        using var other = new EngineApi(LocalEngine.Endpoint.LocalPath);
        if (!LocalEngine.Answers(Socket, $"/images/{LocalEngine.Image}/json"))
            await Api.Load(LocalEngine.Image, other);
    }

    /// <summary>SIGKILL to dockerd alone: containers and what is above them go on.</summary>
    public async Task Kill()
    {
        _dockerd!.Kill();
        await _dockerd.WaitForExitAsync();
    }

    /// <summary>SIGKILL to a container's first process.</summary>
    public static Task KillProcess(EngineContainer container) => Shell($"kill -KILL {container.ProcessId}");

    /// <summary>SIGKILL to what is between the engine and one container.</summary>
    public Task KillShim(EngineContainer container)
    {
        int shim = Services().Single(shim => shim.Arguments.Contains(container.Id, StringComparison.Ordinal)).Id;
        return Shell($"kill -KILL {shim}");
    }

    /// <summary>The power is cut: all processes of the host end at once, and what was only in memory is gone.</summary>
    /// <param name="others">More processes of the host.</param>
    public async Task CutPower(params IEnumerable<int> others)
    {
        for (int[] processes = [.. others, .. Processes()]; processes.Length > 0; processes = Processes())
            await Shell($"kill -KILL {string.Join(' ', processes)}");
        await Task.WhenAll(new[] { _dockerd, _containerd }.OfType<Process>().Select(static process => process.WaitForExitAsync()));
        await Shell($"for mounted in $(awk -v under={_folder}/ 'index($2, under) == 1 {{ print $2 }}' /proc/mounts | sort -r); do umount -l $mounted; done");
        await Shell($"find {string.Join(' ', Groups())} -depth -type d -exec rmdir {{}} +");
        await Shell($"rm -rf {Run}");
    }

    /// <summary>All processes in its containers.</summary>
    public IReadOnlyList<int> ContainerProcesses() =>
    [
        .. Groups().SelectMany(static group => Directory.EnumerateFiles(group, "cgroup.procs", SearchOption.AllDirectories)).SelectMany(ReadLines)
            .Select(static line => int.Parse(line, CultureInfo.InvariantCulture)).Distinct(),
    ];

    /// <summary>The end of what the engine wrote, for messages of failures.</summary>
    public async Task<string> Story()
    {
        string log = Path.Combine(_folder, "dockerd.log");
        return $"--- {_name}{Environment.NewLine}{(File.Exists(log) ? string.Join(Environment.NewLine, (await File.ReadAllLinesAsync(log)).TakeLast(20)) : "")}";
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await CutPower();
        _dockerd?.Dispose();
        _containerd?.Dispose();
        await Shell($"ip link del {_name}; umount -l {_folder}; rm -rf {_folder} {_folder}.disk");
    }

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private static async Task Shell(string script)
    {
        using Process shell = Process.Start("sh", ["-c", $"({script}) > /dev/null 2>&1"]);
        await shell.WaitForExitAsync();
    }

    private static IEnumerable<string> ReadLines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (IOException)
        {
            // The group, or the process, has gone in between.
            return [];
        }
    }

    /// <summary>A session of its own: what is sent to the tests' terminal does not reach it.</summary>
    private Process Service(string program, params string[] arguments) =>
        Process.Start("sh", ["-c", $"exec setsid {program} \"$@\" >> {_folder}/{program}.log 2>&1 < /dev/null", program, .. arguments]);

    private int[] Processes() => [.. Services().Select(static service => service.Id), .. ContainerProcesses()];

    /// <summary>The engine, its containerd and what stands above each container: they are told by the folder in their arguments.</summary>
    private IEnumerable<(int Id, string Arguments)> Services() =>
        from folder in Directory.EnumerateDirectories("/proc")
        where int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _)
        let arguments = string.Join(' ', ReadLines($"{folder}/cmdline").SelectMany(static line => line.Split('\0')))
        where Path.GetFileName(arguments.Split(' ')[0]) is "dockerd" or "containerd" or "containerd-shim-runc-v2"
            && arguments.Contains($"{_folder}/", StringComparison.Ordinal)
        select (int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture), arguments);

    /// <summary>Its control group, once in each tree of version 1 or in the one of version 2.</summary>
    private IEnumerable<string> Groups() => new[] { "/sys/fs/cgroup" }.Concat(Directory.EnumerateDirectories("/sys/fs/cgroup"))
        .Select(tree => Path.Combine(tree, _name)).Where(Directory.Exists);

    [GeneratedRegex(@"/asched-host-(\d+)-(\d+)-\w+$")]
    private static partial Regex Disks();
}
