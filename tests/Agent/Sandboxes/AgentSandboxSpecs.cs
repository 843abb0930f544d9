using ActorScheduler.Containers;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Configuration;
using Akka.TestKit;

namespace ActorScheduler.Agent.Specs.Sandboxes;

/// <summary>Sandboxes as tasks, operators and askers meet them: on a whole agent.</summary>
public sealed class AgentSandboxSpecs : AgentSpec
{
    private readonly TestFolder _folder = new();
    private readonly TestSite _site = new();
    private readonly TestProbe _asker;

    public AgentSandboxSpecs()
        : base(ConfigurationFactory.ParseString("actorscheduler.agent.sandbox { gc-interval = 50 ms, gc-age = 1 d, disk-interval = 50 ms }"))
    {
        DataFolder = _folder.Path;
        _asker = CreateTestProbe("asker");
        Begin();
        Register();
    }

    [Fact]
    public void A_task_starts_when_its_artifacts_are_there_and_says_that_they_are_being_fetched()
    {
        _site.Page("/tool", "#!/bin/sh"u8.ToArray());
        Launch(Given.Task("a") with { Command = new CommandInfo("./tool", Artifacts: [new Artifact(_site.Url("/tool"), Executable: true)]) });

        Keep("a", TaskState.Starting);
        Keep("a", TaskState.Running);
        Assert.True(Containers.Orders.TryPeek(out ContainerOrder? order));
        Assert.Equal(Path.Combine(_folder.Path, "sandboxes", order.RunId), order.Sandbox);
        Assert.Equal("#!/bin/sh", File.ReadAllText(Path.Combine(order.Sandbox!, "tool")));
    }

    [Fact]
    public void A_task_whose_artifacts_cannot_be_fetched_fails_with_the_reason_and_never_starts()
    {
        Launch(Given.Task("a") with { Command = new CommandInfo("./tool", Artifacts: [new Artifact(_site.Url("/none"))]) });

        TaskUpdate end = Keep("a", TaskState.Failed);
        Assert.Equal((TaskReason.ContainerLaunchFailed, $"{_site.Url("/none")}: the server answers 404 Not Found"), (end.Reason, end.Message));
        Assert.Empty(Containers.Starts);
    }

    [Theory]
    [InlineData("more")]
    [InlineData("stdout")]
    public void A_task_whose_sandbox_takes_more_than_its_disk_is_ended_and_told_why(string file)
    {
        TaskInfo task = Given.Task("a");
        Launch(task with { Resources = task.Resources.Add(Resources.Of(disk: 1)) }, Given.Task("without-disk"));
        Keep("a", TaskState.Running);
        foreach (ContainerOrder order in Containers.Orders)
        {
            // At once: a part of it would be too much, too.
            File.WriteAllBytes(Path.Combine(_folder.Path, "whole"), new byte[3 << 20]);
            File.Move(Path.Combine(_folder.Path, "whole"), Path.Combine(order.Sandbox!, file), overwrite: true);
        }

        TaskUpdate end = Keep("a", TaskState.Failed);

        Assert.Equal(TaskReason.ContainerLimitationDisk, end.Reason);
        Assert.Equal("Its sandbox takes 3 MiB of the disk, its output included, and it has disk:1", end.Message);
        Assert.Equal(TaskState.Running, Held().Single(static held => held.Task.Id.Value == "without-disk").Status.State);
    }

    [Fact]
    public void A_kill_ends_a_download_that_hangs()
    {
        var never = new TaskCompletionSource();
        _site.Page("/slow", _ => never.Task);
        Launch(Given.Task("a") with { Command = new CommandInfo("./tool", Artifacts: [new Artifact(_site.Url("/slow"))]) });
        Keep("a", TaskState.Starting);

        Agent.Tell(new EndTask(Given.FrameworkId, Id, new TaskId("a"), null, null), Frameworks);

        Assert.Equal(TaskReason.TaskKilledDuringLaunch, Keep("a", TaskState.Killed).Reason);
        never.SetResult();
    }

    [Fact]
    public void Files_of_running_and_of_ended_tasks_are_listed_read_and_followed()
    {
        Launch(Given.Task("a"));
        Keep("a", TaskState.Running);
        string sandbox = Containers.Orders.Single().Sandbox!;
        Ask(new ReadFile(Given.FrameworkId, new TaskId("a"), "stdout", Wait: TimeSpan.FromSeconds(10)));
        File.WriteAllText(Path.Combine(sandbox, "stdout"), "hello");
        FileRead first = Answer<FileRead>();
        Assert.Equal(("hello", 0, true), (Text(first), first.Offset, first.IsLive));
        Ask(new ReadFile(Given.FrameworkId, new TaskId("a"), "stdout", 5, Wait: TimeSpan.FromSeconds(10)));
        File.AppendAllText(Path.Combine(sandbox, "stdout"), " world");
        Assert.Equal(" world", Text(Answer<FileRead>()));

        Agent.Tell(new EndTask(Given.FrameworkId, Id, new TaskId("a"), TimeSpan.Zero, null), Frameworks);
        Keep("a", TaskState.Killed);
        AwaitAssert(() => Assert.Empty(Held()));
        Ask(new ListFiles(Given.FrameworkId, new TaskId("a")));
        Assert.Equal(["stdout"], Answer<FilesListed>().Files.Select(static file => file.Name));
        Ask(new ReadFile(Given.FrameworkId, new TaskId("a"), "stdout", -5, 100, TimeSpan.FromSeconds(10), first.RunId));
        FileRead last = Answer<FileRead>();
        Assert.Equal(("world", 6, false), (Text(last), last.Offset, last.IsLive));
    }

    [Theory]
    [InlineData("../../agent.db", "leads out of the sandbox")]
    [InlineData("/etc/passwd", "leads out of the sandbox")]
    [InlineData("none", "there is no 'none' in the sandbox")]
    [InlineData("", "'' is a folder")]
    public void What_must_not_or_cannot_be_read_is_refused(string path, string reason)
    {
        Launch(Given.Task("a"));
        Keep("a", TaskState.Running);

        Ask(new ReadFile(Given.FrameworkId, new TaskId("a"), path));

        Assert.Contains(reason, Answer<CommandRefused>().Problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Questions_about_what_is_not_here_are_refused()
    {
        Ask(new ListFiles(Given.FrameworkId, new TaskId("none")));
        Assert.Equal(RefusalKind.Unknown, Answer<CommandRefused>().Kind);
        Ask(new ListFiles(Given.FrameworkId, new TaskId("none"), RunId: "../x"));
        Assert.Equal(RefusalKind.Invalid, Answer<CommandRefused>().Kind);
        Ask(new GetUsage(Given.FrameworkId, new TaskId("none")));
        Assert.Equal(RefusalKind.Unknown, Answer<CommandRefused>().Kind);
    }

    [Fact]
    public void What_a_running_task_takes_is_told()
    {
        Launch(Given.Task("a"));
        Keep("a", TaskState.Running);

        Ask(new GetUsage(Given.FrameworkId, new TaskId("a")));

        Assert.Equal(Containers.Starts.Single(), Answer<UsageRead>().RunId);
    }

    [Fact]
    public void Old_sandboxes_of_ended_tasks_are_removed_and_those_of_running_ones_stay()
    {
        Launch(Given.Task("ended", run: 0), Given.Task("runs"));
        Keep("ended", TaskState.Finished);
        AwaitAssert(() => Assert.Single(Held()), TimeSpan.FromSeconds(60));
        DateTime longAgo = TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromDays(3);
        // Its end sets the time when the age begins, perhaps just now.
        AwaitCondition(() =>
        {
            foreach (string folder in Directory.EnumerateDirectories(Path.Combine(_folder.Path, "sandboxes")))
                Directory.SetLastWriteTimeUtc(folder, longAgo);
            return Directory.EnumerateDirectories(Path.Combine(_folder.Path, "sandboxes")).Count() == 1;
        });

        Ask(new ListFiles(Given.FrameworkId, new TaskId("ended")));
        Assert.Equal(RefusalKind.Unknown, Answer<CommandRefused>().Kind);
        Ask(new ListFiles(Given.FrameworkId, new TaskId("runs")));
        Answer<FilesListed>();
    }

    [Fact]
    public void A_volume_that_a_framework_destroys_loses_its_data()
    {
        Resources reserved = Resources.Of(disk: 10).PushReservation(Reservation.Dynamic("eng"));
        Resources volume = Resources.From(Resource.PersistentVolume(10, "v", [Reservation.Dynamic("eng")]));
        Send([new(0, Resources.Of(disk: 10), reserved), new(1, reserved, volume)], Given.Task("a", run: 0) with { Resources = volume.Add(Resources.Of(cpus: 1)) });
        Keep("a", TaskState.Finished);
        string data = Path.Combine(Containers.Orders.Single().Mounts.Single().HostPath, "data");
        File.WriteAllText(data, "x");

        Send([new(0, volume, reserved)]);

        AwaitCondition(() => !File.Exists(data));
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _site.Dispose();
        _folder.Dispose();
    }

    private static string Text(FileRead read) => System.Text.Encoding.UTF8.GetString(read.Data.Span);

    private void Send(AppliedOperation[] conversions, params TaskInfo[] tasks)
    {
        Agent.Tell(Order(tasks) with { Conversions = conversions }, Frameworks);
        Assert.Null(Next<ConversionsMade>(Frameworks).Problem);
    }

    private void Ask(ITaskQuestion question) => Agent.Tell(question, _asker);

    private T Answer<T>() => _asker.ExpectMsg<T>(TimeSpan.FromSeconds(60));
}
