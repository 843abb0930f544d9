using System.Net;
using System.Net.Sockets;
using ActorScheduler.Model;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Specs.Docker;

/// <summary>Groups whose tasks share a network of their own, on an engine with a bridge.</summary>
public sealed class GroupSpecs : RealDockerSpecs
{
    private const string Serve = "nc -ll -p 80 -e echo hello";

    private OwnEngine Engine { get; } = new();

    protected override Uri Endpoint => new($"unix://{Engine.Socket}");

    public override Task InitializeAsync() => OwnEngine.Missing is null ? Engine.Prepare() : Task.CompletedTask;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (OwnEngine.Missing is null)
            await Engine.DisposeAsync();
    }

    [OwnEngineFact]
    public async Task Tasks_of_a_group_reach_each_other_on_their_loopback_and_its_ports_are_the_hosts_as_long_as_any_runs()
    {
        int port = HostPorts.Free();
        ContainerOrder[] group = Group(ContainerNetwork.Bridge, port, "sleep 1000", Serve, "until nc 127.0.0.1 80; do sleep 0.05; done");
        ContainerStatus[] started = await Task.WhenAll(group.Select(order => Docker.Start(order, Soon)));

        // The one that asks finishes; the others go on.
        Assert.Equal(0, (await Docker.WhenEnded(group[2].RunId, Soon)).ExitCode);
        Assert.Equal("hello\n", Read(group[2], "stdout"));
        await Until("the host's port answers", async () => await HostPorts.Ask(port) == "hello\n");
        string address = Assert.Single(started.Select(static status => Assert.Single(status.Addresses)).Distinct());
        Assert.StartsWith("10.213.", address, StringComparison.Ordinal);
        // The port's mapping was the first one's; it ends, and the network stays.
        await Docker.Stop(group[0].RunId, TimeSpan.Zero, Soon);
        await Docker.WhenEnded(group[0].RunId, Soon);
        Assert.Equal("hello\n", await HostPorts.Ask(port));

        await Restart();
        ContainerState.Running running = Assert.IsType<ContainerState.Running>(await Docker.Inspect(group[1].RunId, Soon));
        Assert.Equal([address], running.Status.Addresses);
        Task<ContainerEnd> end = Docker.WhenEnded(group[1].RunId, Soon);
        await Docker.Stop(group[1].RunId, TimeSpan.Zero, Soon);
        await end;

        Assert.Empty(await Holders());
        using var listener = new TcpListener(IPAddress.Any, port);
        listener.Start();
    }

    [OwnEngineFact]
    public async Task A_group_whose_network_is_taken_away_ends_and_may_be_started_again()
    {
        ContainerOrder[] group = Group(ContainerNetwork.None, null, "sleep 1000", "sleep 1000");
        foreach (ContainerOrder order in group)
            await Docker.Start(order, Soon);
        Task<ContainerEnd>[] ends = [.. group.Select(order => Docker.WhenEnded(order.RunId, Soon))];

        await Client.Containers.KillContainerAsync(Assert.Single(await Holders()), new ContainerKillParameters());

        Assert.All(await Task.WhenAll(ends), static end => Assert.Equal(137, end.ExitCode));
        await Until("the holder is removed", async () => (await Holders()).Count == 0);
        ContainerOrder[] next = Group(ContainerNetwork.None, null, Serve, "until nc 127.0.0.1 80; do sleep 0.05; done");
        foreach (ContainerOrder order in next)
            await Docker.Start(order, Soon);
        Assert.Equal(0, (await Docker.WhenEnded(next[1].RunId, Soon)).ExitCode);
        Assert.Single(await Holders());
        await Docker.Remove(next[0].RunId, Soon);
        Assert.Empty(await Holders());
    }

    [OwnEngineFact]
    public async Task What_a_process_that_was_killed_left_of_a_group_is_swept_when_containers_are_looked_for()
    {
        ContainerOrder[] group = Group(ContainerNetwork.None, null, "sleep 1000");
        await Docker.Start(group[0], Soon);
        await Docker.DisposeAsync();
        await Client.Containers.RemoveContainerAsync($"asched-{group[0].RunId}", new ContainerRemoveParameters { Force = true });
        await Restart();
        Assert.Single(await Holders());

        Assert.Empty(await Docker.List(Agent, null, Soon));

        Assert.Empty(await Holders());
    }

    [OwnEngineFact]
    public async Task A_taken_port_is_named_and_nothing_is_left()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;

        string refusal = await Refused(Group(ContainerNetwork.Bridge, port, Serve)[0]);

        Assert.Equal($"container.port_mappings: port {port} of the host is taken by somebody else", refusal);
        Assert.Empty(await Holders());
    }

    /// <summary>Orders of a group; the port is mapped by the first.</summary>
    private ContainerOrder[] Group(ContainerNetwork network, int? port, params string[] scripts)
    {
        ContainerOrder[] orders =
        [
            .. scripts.Select((script, i) => Order(script, task => task with
            {
                Container = task.Container! with { Network = network, PortMappings = i == 0 && port is { } taken ? [new PortMapping(taken, 80)] : null },
            })),
        ];
        return [.. orders.Select(order => order with { Group = orders[0].RunId, Members = [.. orders.Select(static member => member.Task)] })];
    }

    private async Task<IReadOnlyList<string>> Holders() =>
    [
        .. (await Client.Containers.ListContainersAsync(new ContainersListParameters
        {
            All = true,
            Filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { ["org.actorscheduler.holds"] = true } },
        })).Select(static container => container.ID),
    ];
}
