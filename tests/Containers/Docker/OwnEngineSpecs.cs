using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ActorScheduler.Containers.Docker;
using ActorScheduler.Model;
using Resources = ActorScheduler.Model.Resources;

namespace ActorScheduler.Containers.Specs.Docker;

/// <summary>What needs a bridge, or an engine that ends.</summary>
public sealed class OwnEngineSpecs : RealDockerSpecs
{
    private OwnEngine Engine { get; } = new();

    protected override Uri Endpoint => new($"unix://{Engine.Socket}");

    protected override DockerSettings Settings => base.Settings with { CallTimeout = TimeSpan.FromSeconds(3) };

    public override Task InitializeAsync() => OwnEngine.Missing is null ? Engine.Prepare() : Task.CompletedTask;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (OwnEngine.Missing is null)
            await Engine.DisposeAsync();
    }

    [OwnEngineFact]
    public async Task Ports_of_bridged_containers_are_the_hosts_and_a_taken_one_is_named()
    {
        (int tcp, int udp) = (HostPorts.Free(), HostPorts.Free());
        ContainerOrder order = Order("nc -ll -p 80 -e echo hello", task => Bridged(task, new PortMapping(tcp, 80), new PortMapping(udp, 53, "udp")));
        ContainerStatus status = await Docker.Start(order, Soon);
        string taken = await Refused(Order("true", task => Bridged(task, new PortMapping(tcp, 81))));

        Assert.StartsWith("10.213.", Assert.Single(status.Addresses), StringComparison.Ordinal);
        await Until("tcp answers", async () => await HostPorts.Ask(tcp) == "hello\n");
        Assert.True(IsTakenForUdp(udp));
        Assert.Equal($"container.port_mappings: port {tcp} of the host is taken by somebody else", taken);
        ContainerUsage usage = await Docker.Usage(order.RunId, Soon);
        Assert.True(usage is { Received: > 0, Sent: > 0 });
    }

    [OwnEngineFact]
    public async Task An_engine_that_hangs_and_goes_on_and_one_that_is_killed_and_comes_back_lose_no_end_of_a_container()
    {
        ContainerOrder quick = Order("echo before; sleep 2; echo after; exit 4");
        string[] runs = [quick.RunId, await Run("sleep 1000"), await Run("sleep 1000")];
        await Docker.Start(quick, Soon);
        Task<ContainerEnd>[] ends = [.. runs.Select(run => Docker.WhenEnded(run, Soon))];
        Assert.Null(await Docker.Probe(Soon));

        await Engine.Signal("STOP");
        Assert.EndsWith("does not answer: nothing came within 1.8 s", await Docker.Probe(Soon), StringComparison.Ordinal);
        await Engine.Signal("CONT");
        Assert.Equal(4, (await ends[0].WaitAsync(TimeSpan.FromSeconds(60))).ExitCode);
        Assert.Equal("before\nafter\n", Read(quick, "stdout"));

        await Engine.End("KILL");
        Assert.Contains("cannot be reached", await Docker.Probe(Soon), StringComparison.Ordinal);
        Assert.False(ends[1].IsCompleted);
        await Engine.Start();
        var clock = Stopwatch.StartNew();
        await Until("Probe is content", async () => await Docker.Probe(Soon) is null);
        // Without live restore an engine ends, when it comes back, what ran before.
        await Task.WhenAll(ends[1], ends[2]).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 8);
        (ContainerEnd end, string output, _) = await Complete(Order("echo again"));
        Assert.Equal((0, "again\n"), (end.ExitCode!.Value, output));
    }

    private static TaskInfo Bridged(TaskInfo task, params PortMapping[] ports) => task with
    {
        Resources = Resources.Of(cpus: 0.1, mem: 32), Container = task.Container! with { Network = ContainerNetwork.Bridge, PortMappings = ports },
    };

    private static bool IsTakenForUdp(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return true;
        }
    }
}
