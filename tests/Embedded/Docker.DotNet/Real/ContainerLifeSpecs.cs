using Docker.DotNet.Models;
using Docker.DotNet.Specs.Fake;

namespace Docker.DotNet.Specs.Real;

public sealed class ContainerLifeSpecs : RealEngineSpecs
{
    [DockerFact]
    public async Task A_container_is_created_started_waited_for_inspected_and_removed()
    {
        var id = await CreateAsync(["sh", "-c", "exit 7"], p =>
        {
            p.Name = Unique("life");
            p.Env = ["A=b"];
            p.HostConfig.NanoCPUs = 500_000_000;
            p.HostConfig.Memory = 64 * 1024 * 1024;
            p.HostConfig.RestartPolicy = new RestartPolicy { Name = RestartPolicyKind.No };
            p.StopTimeout = TimeSpan.FromSeconds(3);
        });
        var created = await Client.Containers.InspectContainerAsync(id);
        Assert.True(await Client.Containers.StartContainerAsync(id, null));
        var end = await Client.Containers.WaitContainerAsync(id);
        var ended = await Client.Containers.InspectContainerAsync(Unique("life"));

        Assert.Equal("created", created.State.Status);
        Assert.Equal((500_000_000, 64 * 1024 * 1024), (created.HostConfig.NanoCPUs, created.HostConfig.Memory));
        Assert.Contains("A=b", created.Config.Env);
        Assert.Equal(TimeSpan.FromSeconds(3), created.Config.StopTimeout);
        Assert.Equal(RestartPolicyKind.No, created.HostConfig.RestartPolicy.Name);
        Assert.Equal(DateTimeKind.Utc, created.Created.Kind);
        Assert.Equal(7, end.StatusCode);
        Assert.Equal((7, "exited", id), (ended.State.ExitCode, ended.State.Status, ended.ID));

        await Client.Containers.RemoveContainerAsync(id, new ContainerRemoveParameters());
        await Assert.ThrowsAsync<DockerContainerNotFoundException>(() => Client.Containers.InspectContainerAsync(id));
    }

    [DockerFact]
    public async Task Starting_and_stopping_twice_says_that_there_was_nothing_to_do()
    {
        var id = await RunAsync(["sleep", "1000"]);

        Assert.False(await Client.Containers.StartContainerAsync(id, null));
        Assert.True(await Client.Containers.StopContainerAsync(id, new ContainerStopParameters { WaitBeforeKillSeconds = 0 }));
        Assert.False(await Client.Containers.StopContainerAsync(id, new ContainerStopParameters()));
        Assert.True(await Client.Containers.StartContainerAsync(id, null));
        await Client.Containers.RestartContainerAsync(id, new ContainerRestartParameters { WaitBeforeKillSeconds = 0 });
        Assert.True((await Client.Containers.InspectContainerAsync(id)).State.Running);
    }

    [DockerFact]
    public async Task Kill_sends_the_signal_and_wait_ends_with_its_code()
    {
        var id = await ShellAsync("trap 'exit 42' TERM; echo up; while :; do sleep 0.1; done");
        await UpAsync(id);
        var waiting = Client.Containers.WaitContainerAsync(id);
        await Client.Containers.KillContainerAsync(id, new ContainerKillParameters { Signal = "SIGTERM" });

        Assert.Equal(42, (await waiting).StatusCode);
    }

    [DockerFact]
    public async Task Lists_show_what_filters_ask_for()
    {
        var running = await RunAsync(["sleep", "1000"], p => p.Name = Unique("runs"));
        var idle = await CreateAsync(["true"]);

        var up = await Client.Containers.ListContainersAsync(new ContainersListParameters { Filters = Mine });
        var all =
            await Client.Containers.ListContainersAsync(new ContainersListParameters { Filters = Mine, All = true, Size = true });

        var one = Assert.Single(up);
        Assert.Equal((running, "running", "/" + Unique("runs"), LocalEngine.Image), (one.ID, one.State, one.Names[0], one.Image));
        Assert.True(one.Created > new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(Order([running, idle]), Order(all.Select(container => container.ID)));
        Assert.All(all, container => Assert.True(container.SizeRootFs > 0));
    }

    [DockerFact]
    public async Task Pause_rename_update_top_and_changes_work()
    {
        var id = await ShellAsync("echo x > /new; exec sleep 1000", p => p.HostConfig.Memory = 64 << 20);
        await Client.Containers.PauseContainerAsync(id);
        Assert.True((await Client.Containers.InspectContainerAsync(id)).State.Paused);
        await Client.Containers.UnpauseContainerAsync(id);
        await Client.Containers.RenameContainerAsync(id, new ContainerRenameParameters { NewName = Unique("new") }, default);
        await Client.Containers.UpdateContainerAsync(id, new ContainerUpdateParameters { CPUShares = 512 });
        var after = await Client.Containers.InspectContainerAsync(id);
        var processes = await Client.Containers.ListProcessesAsync(id, new ContainerListProcessesParameters());

        Assert.Equal(("/" + Unique("new"), 512, false), (after.Name, after.HostConfig.CPUShares, after.State.Paused));
        Assert.Contains("PID", processes.Titles);
        Assert.Single(processes.Processes);
        var changes = await Client.Containers.InspectChangesAsync(id);
        Assert.Contains(changes, change => change is { Path: "/new", Kind: FileSystemChangeKind.Add });
    }

    [DockerFact]
    public async Task A_container_without_changes_has_none() =>
        Assert.Empty(await Client.Containers.InspectChangesAsync(await CreateAsync(["true"])));

    [DockerFact]
    public async Task An_image_that_is_not_there_is_told_at_creation()
    {
        var failure = await Assert.ThrowsAsync<DockerImageNotFoundException>(
            () => CreateAsync(["true"], p => p.Image = "actorscheduler/nothing:0"));

        Assert.Contains("actorscheduler/nothing", failure.ResponseBody, StringComparison.Ordinal);
    }

    [DockerFact]
    public async Task A_name_in_use_is_a_conflict()
    {
        await CreateAsync(["true"], p => p.Name = Unique("taken"));

        var failure = await Assert.ThrowsAsync<DockerApiException>(() => CreateAsync(["true"], p => p.Name = Unique("taken")));

        Assert.Equal(System.Net.HttpStatusCode.Conflict, failure.StatusCode);
    }

    [DockerFact]
    public async Task A_health_check_runs_and_is_seen()
    {
        var id = await RunAsync(["sleep", "1000"], p => p.Healthcheck = new HealthConfig
        {
            Test = ["CMD-SHELL", "echo well"],
            Interval = TimeSpan.FromMilliseconds(200),
            Timeout = TimeSpan.FromSeconds(5),
            Retries = 2,
        });
        var heard = new Heard<Message>();
        using var cancel = new CancellationTokenSource();
        var filters = new Dictionary<string, IDictionary<string, bool>>
        {
            ["container"] = new Dictionary<string, bool> { [id] = true },
            ["event"] = new Dictionary<string, bool> { ["health_status"] = true },
        };
        var monitoring = Client.System.MonitorEventsAsync(
            new ContainerEventsParameters { Filters = filters, Since = "0" }, heard, cancel.Token);
        await heard.AtLeastAsync(1);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => monitoring);

        var health = (await Client.Containers.InspectContainerAsync(id)).State.Health;
        Assert.Equal("healthy", health.Status);
        Assert.Equal("well\n", health.Log[0].Output);
    }

    [DockerFact]
    public async Task Prune_removes_what_has_ended()
    {
        var id = await CreateAsync(["true"]);

        var pruned = await Client.Containers.PruneContainersAsync(new ContainersPruneParameters { Filters = Mine });

        Assert.Equal([id], pruned.ContainersDeleted);
    }

    [DockerFact]
    public async Task Waiting_ends_at_once_when_cancelled()
    {
        var id = await RunAsync(["sleep", "1000"]);
        using var cancel = new CancellationTokenSource();
        var waiting = Client.Containers.WaitContainerAsync(id, cancel.Token);
        await Client.System.PingAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting).WaitAsync(TimeSpan.FromSeconds(3));
    }

    private static string Order(IEnumerable<string> ids) => string.Join(' ', ids.Order());

    private async Task UpAsync(string id)
    {
        var lines = new Heard<string>();
        using var cancel = new CancellationTokenSource();
        var following = Client.Containers.GetContainerLogsAsync(
            id, new ContainerLogsParameters { ShowStdout = true, Follow = true }, cancel.Token, lines);
        await lines.AtLeastAsync(1);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
    }
}
