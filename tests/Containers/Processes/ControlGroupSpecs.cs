using ActorScheduler.Containers.Processes;
using ActorScheduler.Containers.Processes.Groups;
using ActorScheduler.Model;

namespace ActorScheduler.Containers.Specs.Processes;

public sealed class ControlGroupSpecs : RealProcessSpecs
{
    [ControlGroupFact]
    public async Task A_process_that_takes_too_much_memory_ended_for_that()
    {
        (ContainerEnd end, _, _) = await Complete("head -c 200m /dev/zero | tail; exit $?", static task => task with { Resources = Resources.Of(cpus: 0.1, mem: 16) });

        Assert.True(end.IsOutOfMemory);
        Assert.NotEqual(0, end.ExitCode);
        Assert.Equal("mem: it took more memory than the 16 MiB that it may", end.Message);
    }

    [ControlGroupFact]
    public async Task Nothing_of_it_escapes_that_changed_session_parent_and_environment()
    {
        string mark = Unique();
        ContainerOrder order = await Up($"env -i setsid sh -c '(env -i setsid sleep {mark} &)'; echo up; sleep 1000");
        Assert.NotEmpty(ProcessesWith(mark));

        await Processes.Remove(order.RunId, Soon);

        Assert.Empty(ProcessesWith(mark));
    }

    [ControlGroupFact]
    public async Task Groups_that_an_agent_left_behind_with_its_data_folder_are_removed_when_they_are_old_and_empty()
    {
        ContainerOrder running = await Up("echo up; sleep 1000");
        IControlGroups groups = GroupDetection.Find(Settings, TimeProvider.System.GetUtcNow().UtcDateTime).Groups!;
        string left = $"left-{Guid.NewGuid():N}";
        groups.Make(left, new GroupLimits(1024, null, null, false, 10));
        string file = groups.JoinFiles(left)[0];

        GroupDetection.Find(Settings, TimeProvider.System.GetUtcNow().UtcDateTime);
        Assert.True(File.Exists(file));
        GroupDetection.Find(Settings, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(2));

        Assert.False(File.Exists(file));
        Assert.NotEmpty(groups.Members(running.RunId));
    }

    [ControlGroupFact]
    public async Task A_bomb_of_processes_is_bounded_and_can_be_removed()
    {
        string mark = Unique();
        await using ProcessContainerizer bounded = New(Settings with { PidsLimit = 40 });
        ContainerOrder order = Order($"mkfifo never; sh -c 'while true; do sleep {mark} & done'; read x <>never");
        await bounded.Start(order, Soon);
        await Until("it has all that it may", () => ProcessesWith($"sleep {mark}").Length > 30);

        Assert.InRange((await bounded.Usage(order.RunId, Soon)).Processes!.Value, 30, 40);
        await bounded.Remove(order.RunId, Soon);

        Assert.Empty(ProcessesWith($"sleep {mark}"));
    }

    [ControlGroupFact]
    public async Task Use_is_told_and_limits_change_while_it_runs()
    {
        ContainerOrder order = await Up("echo up; while true; do :; done");
        await Until("it has used processor time", async () => (await Processes.Usage(order.RunId, Soon)).ProcessorTime > TimeSpan.FromSeconds(0.05));

        ContainerUsage before = await Processes.Usage(order.RunId, Soon);
        await Processes.Resize(order.RunId, order.Task with { Resources = Resources.Of(cpus: 2, mem: 128), Limits = new Dictionary<string, long> { ["cpus"] = 3000 } }, Soon);
        ContainerUsage after = await Processes.Usage(order.RunId, Soon);

        Assert.Equal((64L << 20, 128L << 20), (before.MemoryLimit, after.MemoryLimit));
        Assert.InRange(before.Memory!.Value, 1, 64 << 20);
        Assert.Equal(1, before.Processes);
    }

    [Fact]
    public void Limits_follow_from_what_a_task_takes()
    {
        TaskInfo task = Order("true").Task with { Resources = Resources.Of(cpus: 0.5, mem: 100) };

        Assert.Equal(new GroupLimits(512, null, 100 << 20, false, 8192), GroupLimits.Of(task, Settings));
        Assert.Equal(50_000, GroupLimits.Of(task, Settings with { IsCpuQuota = true }).Quota);
        Assert.Equal(
            new GroupLimits(512, 200_000, null, false, 8192),
            GroupLimits.Of(task with { Limits = new Dictionary<string, long> { ["cpus"] = 2000, ["mem"] = long.MaxValue } }, Settings));
    }

    [Fact]
    public void Controllers_are_found_where_they_are_mounted()
    {
        string[] table =
        [
            "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct",
            "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory",
            "39 31 0:36 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids",
            "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw",
        ];

        Assert.Equal(
            "cpu=/sys/fs/cgroup/cpu,cpuacct cpuacct=/sys/fs/cgroup/cpu,cpuacct memory=/sys/fs/cgroup/memory pids=/sys/fs/cgroup/pids",
            string.Join(' ', GroupDetection.Mounts(table).OrderBy(static mount => mount.Key, StringComparer.Ordinal).Select(static mount => $"{mount.Key}={mount.Value}")));
    }
}
