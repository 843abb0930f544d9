using ActorScheduler.Containers.Docker;
using ActorScheduler.Containers.Docker.Groups;
using ActorScheduler.Containers.Docker.Plan;
using ActorScheduler.Model;
using Docker.DotNet.Models;
using Resources = ActorScheduler.Model.Resources;

namespace ActorScheduler.Containers.Specs.Docker;

/// <summary>What the engine is asked for.</summary>
public sealed class PlanSpecs
{
    private static readonly DockerSettings Settings = new() { Endpoint = new Uri("unix:///x"), Hostname = "h", PidsLimit = 0 };

    [Fact]
    public void A_shells_line_takes_the_place_of_the_images_entry_point()
    {
        CreateContainerParameters plan = Plan(new CommandInfo("echo $A"));

        Assert.Equal(["/bin/sh", "-c", "echo $A"], plan.Entrypoint.Concat(plan.Cmd));
    }

    [Fact]
    public void An_entry_point_of_the_task_reads_the_line_instead_of_the_shell()
    {
        CreateContainerParameters plan = Plan(new CommandInfo("echo $A"), parameters: new ContainerParameter("entrypoint", "/bin/bash"));

        Assert.Equal(["/bin/bash", "-c", "echo $A"], plan.Entrypoint.Concat(plan.Cmd));
    }

    [Fact]
    public void Program_and_arguments_follow_the_images_entry_point()
    {
        CreateContainerParameters both = Plan(new CommandInfo("run", ["a", "b"], Shell: false));

        Assert.Equal(["run", "a", "b"], both.Cmd);
        Assert.Null(both.Entrypoint);
        Assert.Equal(["a", "b"], Plan(new CommandInfo(null, ["a", "b"], Shell: false)).Cmd);
        Assert.Null(Plan(null).Cmd);
    }

    [Fact]
    public void Ports_are_those_that_the_task_has_on_the_host()
    {
        CreateContainerParameters plan = Plan(
            null, container => container with { Network = ContainerNetwork.Bridge, PortMappings = [new(31000, 80), new(31001, 80), new(31002, 53, "udp")] });

        Assert.Equal("bridge", plan.HostConfig.NetworkMode);
        Assert.Equal(["53/udp", "80/tcp"], plan.ExposedPorts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["31000", "31001"], plan.HostConfig.PortBindings["80/tcp"].Select(static port => port.HostPort));
        Assert.Equal(["31002"], plan.HostConfig.PortBindings["53/udp"].Select(static port => port.HostPort));
    }

    [Fact]
    public void Ports_of_the_hosts_network_are_refused()
    {
        Assert.Equal("container.port_mappings: there are none on network HOST", Refused(container => container with { PortMappings = [new(31000, 80)] }));
    }

    [Fact]
    public void A_groups_tasks_have_the_network_of_a_holder_and_what_they_say_of_networks_is_the_holders()
    {
        TaskInfo web = Task(
            null, static container => container with { Network = ContainerNetwork.Bridge, Hostname = "pod", PortMappings = [new(31000, 80)] }, new("dns", "1.1.1.1"), new("cap-drop", "ALL"));
        TaskInfo log = Task(null, static container => container with { Network = ContainerNetwork.Bridge, PortMappings = [new(31001, 81)] }) with { Id = new TaskId("u") };
        ContainerOrder order = Order(web, "g") with { Members = [web, log] };

        GroupNetwork network = GroupNetwork.Of(order)!;
        CreateContainerParameters plan = ContainerPlan.Of(order, Settings);

        Assert.Equal(($"container:{network.Holder}", null, null), (plan.HostConfig.NetworkMode, plan.Hostname, plan.HostConfig.DNS));
        Assert.Null(plan.HostConfig.PortBindings);
        Assert.Equal(["ALL"], plan.HostConfig.CapDrop);
        Assert.Equal(network.Holder, plan.Labels[ContainerLabels.Holder]);
        Assert.Equal(("bridge", "pod"), (network.Plan.HostConfig.NetworkMode, network.Plan.Hostname));
        Assert.Equal(["1.1.1.1"], network.Plan.HostConfig.DNS);
        Assert.Equal(["80/tcp", "81/tcp"], network.Plan.HostConfig.PortBindings.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(ContainerLabels.RunId, network.Plan.Labels.Keys);
        Assert.NotEqual(network.Holder, GroupNetwork.Of(order with { Group = "h" })!.Holder);
    }

    [Fact]
    public void A_groups_network_is_its_executors_or_one_that_all_its_tasks_ask_for()
    {
        TaskInfo host = Task(null);
        TaskInfo bridge = Task(null, static container => container with { Network = ContainerNetwork.Bridge }) with { Id = new TaskId("u") };
        var executor = new ExecutorInfo(new ExecutorId("e"), Resources.Empty, Container: new ContainerInfo(Network: ContainerNetwork.User, NetworkName: "mine", PortMappings: [new(31000, 80)]));

        Assert.Null(GroupNetwork.Of(Order(host, "g") with { Members = [host] }));
        Assert.Equal(
            "container.network: tasks of a group share one network, and 'u' asks for BRIDGE where 't' asks for HOST",
            Assert.Throws<ContainerException>(() => GroupNetwork.Of(Order(host, "g") with { Members = [host, bridge] })).Message);
        TaskInfo shared = host with { Executor = executor };
        GroupNetwork network = GroupNetwork.Of(Order(shared, "g") with { Members = [shared] })!;
        Assert.Equal(("mine", "31000"), (network.Plan.HostConfig.NetworkMode, Assert.Single(network.Plan.HostConfig.PortBindings["80/tcp"]).HostPort));
        Assert.StartsWith(
            "container.network: tasks of a group share one network, and 'u' asks for BRIDGE where the executor asks for USER 'mine'",
            Assert.Throws<ContainerException>(() => GroupNetwork.Of(Order(shared, "g") with { Members = [shared, bridge with { Executor = executor }] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_that_are_not_absolute_lie_in_the_sandbox_and_sources_that_are_not_name_volumes()
    {
        IList<Mount> mounts = Plan(null, static container => container with
        {
            Volumes = [new Volume("data", HostPath: "/srv/data"), new Volume("/cache", VolumeMode.ReadOnly, "cache")],
        }).HostConfig.Mounts;

        Assert.Equal(
            [("bind", "/sandbox", "/mnt/mesos/sandbox", false), ("bind", "/kept", "/mnt/mesos/sandbox/kept", true), ("bind", "/srv/data", "/mnt/mesos/sandbox/data", false), ("volume", "cache", "/cache", true)],
            mounts.Select(static mount => (mount.Type, mount.Source, mount.Target, mount.ReadOnly)));
        Assert.Equal("container.volumes: '/x' needs a host_path: a folder of the host or the name of a volume", Refused(static container => container with { Volumes = [new Volume("/x")] }));
    }

    [Fact]
    public void The_tasks_own_variables_count_more_than_those_of_the_agent()
    {
        CreateContainerParameters plan = Plan(
            new CommandInfo("true", Environment: new Dictionary<string, string> { ["HOST"] = "mine", ["B"] = "1=2" }), parameters: [new("env", "B=3"), new("e", "C")]);

        Assert.Contains("HOST=mine", plan.Env);
        Assert.Contains("B=3", plan.Env);
        Assert.DoesNotContain("B=1=2", plan.Env);
        Assert.Contains("C=", plan.Env);
        Assert.Contains("MESOS_SANDBOX=/mnt/mesos/sandbox", plan.Env);
    }

    [Theory]
    // cpus, mem, limits -> shares, quota (of 100,000 us), memory and reservation in bytes
    [InlineData(1.5, 64, null, null, false, 1536, -1, 64L << 20, 0)]
    [InlineData(0.001, 1, null, null, true, 2, 1000, 6L << 20, 0)]
    [InlineData(2, 64, null, null, true, 2048, 200_000, 64L << 20, 0)]
    [InlineData(1, 64, 2500L, 128_000L, false, 1024, 250_000, 128L << 20, 64L << 20)]
    [InlineData(1, 64, long.MaxValue, long.MaxValue, true, 1024, -1, -1, 64L << 20)]
    public void Limits_come_from_what_the_task_takes_and_from_its_own(
        double cpus, double mem, long? cpuLimit, long? memLimit, bool isQuota, long shares, long quota, long memory, long reservation)
    {
        var limits = new Dictionary<string, long>();
        if (cpuLimit is not null)
            (limits["cpus"], limits["mem"]) = (cpuLimit.Value, memLimit!.Value);
        var made = ContainerLimits.Of(Task(null) with { Resources = Resources.Of(cpus: cpus, mem: mem), Limits = limits }, Settings with { IsCpuQuota = isQuota });

        Assert.Equal(new ContainerLimits(shares, quota, memory, reservation, memory, 0), made);
    }

    [Theory]
    [InlineData("label", "org.actorscheduler.run-id=x", "container.parameters: 'label': 'org.actorscheduler.run-id' is the scheduler's own")]
    [InlineData("restart", "always", "container.parameters: 'restart' cannot be set: the framework decides about another start")]
    [InlineData("-p", "80:80", "container.parameters: '-p' cannot be set: the container's port_mappings say which")]
    [InlineData("frobnicate", "1", "container.parameters: 'frobnicate' is not an option of docker run that is known here")]
    [InlineData("ulimit", "nofile", "container.parameters: 'ulimit': 'nofile' must be written name=soft:hard")]
    [InlineData("stop-timeout", "99999999999999999", "container.parameters: 'stop-timeout': '99999999999999999' must lie between 0 and 2147483647 seconds")]
    [InlineData("shm-size", "lots", "container.parameters: 'shm-size': 'lots' must be a size such as 64m or 1g")]
    [InlineData("init", "maybe", "container.parameters: 'init': 'maybe' must be true or false")]
    [InlineData("mount", "type=bind,src=/a", "container.parameters: 'mount': 'type=bind,src=/a' needs a target")]
    public void Parameters_that_cannot_be_are_refused_by_name(string key, string value, string problem) =>
        Assert.Equal(problem, Assert.Throws<ContainerException>(() => Plan(null, parameters: new ContainerParameter(key, value))).Message);

    [Fact]
    public void Options_of_docker_run_are_understood()
    {
        CreateContainerParameters plan = Plan(
            null, null,
            new("label", "a=b"), new("volume", "/h:/c:ro"), new("v", "/anonymous"), new("network-alias", "web"), new("cap-add", "NET_ADMIN"), new("ulimit", "core=0"),
            new("dns", "1.1.1.1"), new("shm-size", "1.5g"), new("device", "/dev/a:/dev/b:r"), new("log-driver", "syslog"), new("log-opt", "tag=x"),
            new("memory-swap", "-1"), new("memory-swappiness", "10"), new("pid", "host"), new("ipc", "host"), new("network", "mine"), new("cpus", "0.5"),
            new("mount", "type=tmpfs,dst=/t,tmpfs-size=1k"), new("gpus", "all"), new("expose", "80"), new("sysctl", "net.core.somaxconn=10"));
        HostConfig host = plan.HostConfig;

        Assert.Equal(("b", true), (plan.Labels["a"], plan.Volumes.ContainsKey("/anonymous")));
        Assert.Equal(["/h:/c:ro", "NET_ADMIN", "1.1.1.1"], [.. host.Binds, .. host.CapAdd, .. host.DNS]);
        Assert.Equal(("core", 0, 0), (host.Ulimits[0].Name, host.Ulimits[0].Soft, host.Ulimits[0].Hard));
        Assert.Equal((3L << 29, -1, 10, 50_000), (host.ShmSize, host.MemorySwap, host.MemorySwappiness, host.CPUQuota));
        Assert.Equal(("/dev/a", "/dev/b", "r"), (host.Devices[0].PathOnHost, host.Devices[0].PathInContainer, host.Devices[0].CgroupPermissions));
        Assert.Equal(("syslog", 1, "x"), (host.LogConfig.Type, host.LogConfig.Config.Count, host.LogConfig.Config["tag"]));
        Assert.Equal(("mine", "host", "host"), (host.NetworkMode, host.PidMode, host.IpcMode));
        Assert.Equal(["web"], plan.NetworkingConfig.EndpointsConfig["mine"].Aliases);
        Assert.Equal(("/t", 1024L), (host.Mounts[^1].Target, host.Mounts[^1].TmpfsOptions.SizeBytes));
        Assert.Equal((-1, true), (host.DeviceRequests[0].Count, plan.ExposedPorts.ContainsKey("80/tcp")));
    }

    [Fact]
    public void Names_are_such_that_engines_take_them_and_no_two_runs_share_one()
    {
        Assert.Equal("asched-0a1b-2.x", ContainerLabels.NameOf("0a1b-2.x"));
        Assert.Matches("^asched-[a-zA-Z0-9_.-]+$", ContainerLabels.NameOf("run/ä"));
        Assert.NotEqual(ContainerLabels.NameOf("run/a"), ContainerLabels.NameOf("run:a"));
        Assert.True(ContainerLabels.NameOf(new string('x', 500)).Length < 128);
    }

    [Theory]
    [InlineData("busybox", "latest")]
    [InlineData("host:5000/a/busybox", "latest")]
    [InlineData("host:5000/a/busybox:1", null)]
    [InlineData("busybox@sha256:00", null)]
    public void A_name_without_a_tag_is_pulled_as_the_latest(string image, string? tag) => Assert.Equal((image, tag), (ImagePulls.Parameters(image) is var pull ? (pull.FromImage, pull.Tag) : default));

    private static TaskInfo Task(CommandInfo? command, Func<ContainerInfo, ContainerInfo>? with = null, params ContainerParameter[] parameters)
    {
        var container = new ContainerInfo("image:1", Parameters: parameters);
        return new TaskInfo { Id = new TaskId("t"), Resources = Resources.Of(cpus: 1, mem: 64), Command = command, Container = with?.Invoke(container) ?? container };
    }

    private static CreateContainerParameters Plan(CommandInfo? command, Func<ContainerInfo, ContainerInfo>? with = null, params ContainerParameter[] parameters) =>
        ContainerPlan.Of(Order(Task(command, with, parameters), null), Settings);

    private static string Refused(Func<ContainerInfo, ContainerInfo> with, string? group = null) =>
        Assert.Throws<ContainerException>(() => ContainerPlan.Of(Order(Task(null, with), group), Settings)).Message;

    private static ContainerOrder Order(TaskInfo task, string? group) => new("run-1", new AgentId("a"), new FrameworkId("f"), task, "root", group)
    {
        Sandbox = "/sandbox", Mounts = [new ContainerMount("/kept", "kept", IsReadOnly: true)],
    };
}
