using ActorScheduler.Model;
using Docker.DotNet.Models;
using Resources = ActorScheduler.Model.Resources;

namespace ActorScheduler.Containers.Specs.Docker;

public sealed class StartSpecs : RealDockerSpecs
{
    [DockerFact]
    public async Task A_shell_command_runs_with_the_environment_of_Mesos_in_a_container_that_is_labelled()
    {
        ContainerOrder order = Order("""
            echo "$MESOS_TASK_ID $MESOS_SANDBOX $MESOS_CONTAINER_NAME $HOST $GREETING"; echo careful >&2; echo file > $MESOS_SANDBOX/made; exit 3
            """, static task => task with { Command = task.Command! with { Environment = new Dictionary<string, string> { ["GREETING"] = "good day" } } });

        ContainerStatus status = await Docker.Start(order, Soon);
        ContainerEnd end = await Docker.WhenEnded(order.RunId, Soon);
        ContainerInspectResponse container = await Client.Containers.InspectContainerAsync($"asched-{order.RunId}", Soon);

        Assert.Equal(3, end.ExitCode);
        Assert.False(end.IsOutOfMemory);
        Assert.Equal($"task-{order.RunId} /mnt/mesos/sandbox asched-{order.RunId} host-1.example good day\n", Read(order, "stdout"));
        Assert.Equal("careful\n", Read(order, "stderr"));
        Assert.Equal("file\n", Read(order, "made"));
        Assert.Equal((container.ID, order.Sandbox), (status.ContainerId, status.Sandbox));
        Assert.Equal(
            [Agent.Value, "f-1", order.RunId, $"task-{order.RunId}"],
            new[] { "agent-id", "framework-id", "run-id", "task-id" }.Select(name => container.Config.Labels[$"org.actorscheduler.{name}"]));
        Assert.Equal(new ContainerState.Ended(end), await Docker.Inspect(order.RunId, Soon));
        Assert.Equal(order.RunId, Assert.Single(await Docker.List(Agent, null, Soon)).RunId);
        Assert.Empty(await Docker.List(new AgentId("other"), null, Soon));
    }

    [DockerFact]
    public async Task Without_a_shell_program_and_arguments_are_given_to_the_image()
    {
        (ContainerEnd end, string output, _) = await Complete(Order(new CommandInfo("echo", ["one two", "$HOME"], Shell: false)));

        Assert.Equal((0, "one two $HOME\n"), (end.ExitCode!.Value, output));
    }

    [DockerFact]
    public async Task Without_a_command_the_image_says_what_runs()
    {
        (ContainerEnd end, _, _) = await Complete(Order(command: null));

        Assert.Equal(0, end.ExitCode);
    }

    [DockerFact]
    public async Task Starting_a_run_again_gives_the_container_that_there_is_whether_it_runs_or_has_ended()
    {
        ContainerOrder order = Order("sleep 1000");
        ContainerStatus[] first = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Docker.Start(order, Soon)).Append(Another().Start(order, Soon)));
        ContainerStatus second = await Docker.Start(order, Soon);
        ContainerState.Running running = Assert.IsType<ContainerState.Running>(await Docker.Inspect(order.RunId, Soon));
        await Docker.Stop(order.RunId, TimeSpan.Zero, Soon);
        ContainerStatus third = await Another().Start(order, Soon);

        Assert.Single(first.Append(second).Append(third).Select(static status => status.ContainerId).Distinct());
        Assert.IsType<ContainerState.Ended>(await Docker.Inspect(order.RunId, Soon));
        Assert.NotNull(running.Status.ProcessId);
    }

    [DockerFact]
    public async Task A_container_that_was_made_and_not_started_counts_as_absent_and_is_started()
    {
        ContainerOrder order = Order("sleep 1000");
        string id = (await Client.Containers.CreateContainerAsync(new CreateContainerParameters
        {
            Name = $"asched-{order.RunId}",
            Image = LocalEngine.Image,
            Cmd = ["sleep", "1000"],
            Labels = new Dictionary<string, string> { ["org.actorscheduler.run-id"] = order.RunId, ["org.actorscheduler.agent-id"] = Agent.Value },
            HostConfig = new HostConfig { NetworkMode = "host" },
        })).ID;

        Assert.Equal(new ContainerState.Absent(), await Docker.Inspect(order.RunId, Soon));
        Assert.Equal(id, (await Docker.Start(order, Soon)).ContainerId);
        Assert.IsType<ContainerState.Running>(await Docker.Inspect(order.RunId, Soon));
    }

    [DockerFact]
    public async Task Volumes_of_all_kinds_are_mounted_and_read_only_ones_cannot_be_written()
    {
        string host = Directory.CreateDirectory(Path.Combine(Folder.Path, "host")).FullName;
        string kept = Directory.CreateDirectory(Path.Combine(Folder.Path, "kept")).FullName;
        await File.WriteAllTextAsync(Path.Combine(host, "given"), "given");
        string name = $"asched-test-{Agent.Value}";
        ContainerOrder order = Order(
            "cat /host/given; echo x > /host/no || echo refused; echo y > /mnt/mesos/sandbox/kept/yes; echo z > /named/z && cat /named/z",
            task => task with
            {
                Container = task.Container! with { Volumes = [new Volume("/host", VolumeMode.ReadOnly, host), new Volume("/named", HostPath: name)] },
            }) with { Mounts = [new ContainerMount(kept, "kept", IsReadOnly: false)] };
        try
        {
            (ContainerEnd end, string output, _) = await Complete(order);

            Assert.Equal((0, "givenrefused\nz\n"), (end.ExitCode!.Value, output));
            Assert.Equal("y\n", await File.ReadAllTextAsync(Path.Combine(kept, "yes")));
        }
        finally
        {
            await Docker.Remove(order.RunId, Soon);
            await Client.Volumes.RemoveAsync(name, force: true);
        }
    }

    [DockerFact]
    public async Task Parameters_reach_the_container()
    {
        static TaskInfo With(TaskInfo task) => task with
        {
            Container = task.Container! with
            {
                Hostname = "box",
                Parameters =
                [
                    new("env", "A=b"), new("workdir", "/tmp"), new("ulimit", "nofile=123:456"), new("add-host", "other:10.1.2.3"), new("--shm-size", "1m"),
                    new("tmpfs", "/scratch"), new("init", "true"), new("cap-drop", "ALL"), new("user", "12:34"), new("entrypoint", "/bin/busybox"),
                ],
            },
            Command = new CommandInfo("sh", ["-c", "hostname; pwd; echo $A; ulimit -n; grep other /etc/hosts; id -u; df /dev/shm | tail -1 | awk '{print $2}'; grep -c scratch /proc/mounts"], Shell: false),
        };

        (ContainerEnd end, string output, string error) = await Complete(Order("", With));

        Assert.Equal("", error);
        Assert.Equal((0, "box\n/tmp\nb\n123\n10.1.2.3\tother\n12\n1024\n1\n"), (end.ExitCode!.Value, output));
    }

    [DockerFact]
    public async Task Limits_are_what_the_task_takes_and_can_be_changed_while_it_runs()
    {
        ContainerOrder order = Order("sleep 1000", static task => task with
        {
            Resources = Resources.Of(cpus: 0.5, mem: 64), Limits = new Dictionary<string, long> { ["cpus"] = 750, ["mem"] = 96_000 },
        });
        await Docker.Start(order, Soon);
        HostConfig before = (await Client.Containers.InspectContainerAsync($"asched-{order.RunId}")).HostConfig;
        await Docker.Resize(order.RunId, order.Task with { Resources = Resources.Of(cpus: 2, mem: 128), Limits = null }, Soon);
        HostConfig after = (await Client.Containers.InspectContainerAsync($"asched-{order.RunId}")).HostConfig;

        Assert.Equal((512, 75_000, 96L << 20, 64L << 20, 8192), (before.CPUShares, before.CPUQuota, before.Memory, before.MemoryReservation, before.PidsLimit));
        Assert.Equal((2048, -1, 128L << 20), (after.CPUShares, after.CPUQuota, after.Memory));
        Assert.IsType<ContainerState.Running>(await Docker.Inspect(order.RunId, Soon));
    }
}
