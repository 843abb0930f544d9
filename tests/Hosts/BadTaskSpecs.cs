using System.Net;
using System.Net.Sockets;
using ActorScheduler.Client;
using ActorScheduler.Hosts.Specs.Harness;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Hosts.Specs;

/// <summary>Promise 8 with real containers: a bad task is told what is wrong in one sentence, and nobody else notices.</summary>
[Collection(HostClusterFixture.Name)]
public sealed class BadTaskSpecs(HostClusterFixture fixture) : IAsyncLifetime
{
    private readonly HostCluster _hosts = fixture.Hosts;
    private KeepingFramework _framework = null!;
    private KeptContainers _others = null!;

    public async Task InitializeAsync()
    {
        if (_hosts is null)
            return;
        await _hosts.Whole();
        _framework = await KeepingFramework.Start(_hosts);
        _framework.Wish(Enumerable.Range(1, 3).Select(static i => new Wish($"service-{i}", Given.Shell(Given.Service))));
        await _framework.AllRun(3);
        _others = await KeptContainers.Of(_framework, _hosts);
    }

    /// <summary>After each: those that were well still are.</summary>
    public async Task DisposeAsync()
    {
        if (_framework is not null)
            await _framework.DisposeAsync();
    }

    [HostsFact]
    public async Task Its_image_is_unknown_to_the_registry()
    {
        await using var registry = new EmptyRegistry();
        string image = $"{registry.Address}/nosuch:1";

        await Fails(Given.Shell("true") with { Container = new ContainerInfo(image) }, $"container.image: the registry does not know '{image}': ");
    }

    [HostsFact]
    public Task Its_registry_does_not_answer() => Fails(
        Given.Shell("true") with { Container = new ContainerInfo("127.0.0.1:1/nosuch:1") }, "container.image: the registry of '127.0.0.1:1/nosuch:1' cannot be reached: ");

    [HostsFact]
    public async Task Its_port_is_taken_by_somebody_outside()
    {
        const int Port = 31150;
        using var somebody = new TcpListener(IPAddress.Any, Port);
        somebody.Start();

        await Fails(
            Given.Shell(Given.Service) with
            {
                Resources = Resources.Of(cpus: 0.5, mem: 64, ports: ValueRanges.Of(Port, Port)),
                Container = new ContainerInfo(LocalEngine.Image, ContainerNetwork.Bridge, PortMappings: [new PortMapping(Port, 80)]),
            },
            $"container.port_mappings: port {Port} of the host is taken by somebody else", host: 1);
    }

    [HostsFact]
    public async Task Its_port_is_not_in_the_offer_or_not_its_own()
    {
        TaskInfo strange = Given.Shell("true") with { Resources = Resources.Of(cpus: 0.5, mem: 64, ports: ValueRanges.Of(80, 80)) };
        TaskInfo unheld = Given.Shell("true") with { Container = new ContainerInfo(LocalEngine.Image, ContainerNetwork.Bridge, PortMappings: [new PortMapping(80, 80)]) };

        TaskUpdate end = await Tries(strange);
        Assert.Equal((TaskState.Error, TaskReason.TaskInvalid), (end.State, end.Reason));
        Assert.Contains("ports", end.Message, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<CommandRefusedException>(() => Tries(unheld));
        Assert.Equal("operations[0].tasks[0].container.port_mappings[0].host_port: 80 is not among the task's ports", refused.Problem!.ToString());
        await OthersNoticeNothing();
    }

    [HostsFact]
    public Task Its_folder_is_not_on_the_host() => Fails(
        Given.Shell("true") with { Container = new ContainerInfo(LocalEngine.Image, Volumes: [new Volume("/data", HostPath: "/no/such/folder")]) },
        "container.volumes: there is no '/no/such/folder' on the host");

    [HostsFact]
    public Task Its_program_is_not_in_the_image() => Fails(
        Given.Shell("") with { Command = new CommandInfo("nosuch", ["--now"], Shell: false) }, $"command: there is no 'nosuch' in the image '{LocalEngine.Image}'");

    [HostsFact]
    public async Task It_takes_more_memory_than_it_may()
    {
        TaskRecord task = await _framework.Launch(Given.Shell("exec tail /dev/zero", mem: 32), "greedy");

        Assert.Equal((TaskState.Failed, TaskReason.ContainerLimitationMemory, 137), (task.End!.State, task.End.Reason, task.End.ExitCode));
        Assert.Equal("mem: it took more memory than the 32 MiB that it may", task.End.Message);
        await OthersNoticeNothing();
    }

    [HostsFact]
    public async Task It_fills_the_disk_of_its_host()
    {
        TaskRecord task = await _framework.Launch(
            Given.Shell("dd if=/dev/zero of=/mnt/mesos/sandbox/fill bs=64k; echo it is full; sync; exit 28"), "filling", host: 2);

        // The host makes room by itself: on a full disk sandboxes of ended tasks go at once.
        Assert.Equal((TaskState.Failed, 28), (task.End!.State, task.End.ExitCode));
        string sandbox = task.Updates.Find(static update => update.State == TaskState.Running)!.Container!.Sandbox!;
        await Eventually.Holds("there is room again", () => Directory.Exists(sandbox) ? $"{sandbox} is there" : null, _hosts.Nodes);
        await _hosts.Whole();
        TaskRecord next = await _framework.Launch(Given.Shell("echo fine > /mnt/mesos/sandbox/file"), "next", host: 2);
        Assert.Equal(TaskState.Finished, next.End!.State);
        await OthersNoticeNothing();
    }

    private async Task Fails(TaskInfo bad, string sentence, int? host = null)
    {
        TaskRecord task = await _framework.Launch(bad, "bad", host);

        Assert.Equal((TaskState.Failed, TaskReason.ContainerLaunchFailed), (task.End!.State, task.End.Reason));
        Assert.StartsWith(sentence, task.End.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', task.End.Message!);
        await OthersNoticeNothing();
    }

    /// <summary>On whatever is offered next, whether it fits or not.</summary>
    private async Task<TaskUpdate> Tries(TaskInfo bad)
    {
        SchedulerClient client = _hosts.Nodes.Client;
        await using FrameworkSession session = await client.RegisterAsync(new FrameworkInfo { Name = "trying" });
        try
        {
            await foreach (Offer offer in session.OffersAsync())
            {
                (await session.LaunchAsync(offer, bad with { Id = new TaskId("bad") })).OrThrow();
                break;
            }
            await foreach (TaskUpdate update in session.UpdatesAsync())
            {
                if (update.State.IsTerminal())
                    return update;
            }
            throw new InvalidOperationException("the session ended");
        }
        finally
        {
            await session.TearDownAsync();
        }
    }

    private async Task OthersNoticeNothing()
    {
        IReadOnlyList<AgentSummary> agents = await _hosts.Nodes.Agents();
        Assert.All(agents, static agent => Assert.Equal((AgentState.Registered, false), (agent.State, agent.IsDegraded)));
        await _hosts.Agrees();
        await _others.WentOn(_framework, _hosts);
        await _framework.Settles();
    }
}
