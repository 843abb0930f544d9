using ActorScheduler.Allocation.Explain;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Specs.Operators;

/// <summary>The sentences of <c>asched why</c>.</summary>
public sealed class WhySpecs
{
    private static readonly DateTimeOffset At = new(2026, 1, 31, 18, 0, 0, TimeSpan.Zero);
    private static readonly AgentSummary Here = new(
        new AgentInfo(new AgentId("s1"), "host"), AgentState.Registered, true, false, false, Resources.Empty, Resources.Empty, Resources.Empty, 0, null, null);

    [Fact]
    public void What_ended_says_how_and_by_whose_word()
    {
        TaskUpdate status = Status(TaskState.Failed) with { Reason = TaskReason.ContainerLimitationMemory, ExitCode = 137 };

        Assert.Equal(
            [
                "Task f/web-1 failed at 2026-01-31 18:00:00Z (5 min ago), on s1 (host).",
                "TASK_FAILED comes from its executor: exit code 137, it used more memory than it may (REASON_CONTAINER_LIMITATION_MEMORY).",
            ],
            TaskText.Why(Task(status), Here with { IsDraining = true }, At.AddMinutes(5)));
        Assert.Contains(
            ": Command ended with exit code 3 (REASON_COMMAND_EXECUTOR_FAILED).",
            TaskText.Why(Task(Status(TaskState.Failed) with { Reason = TaskReason.CommandExecutorFailed, ExitCode = 3, Message = "Command ended with exit code 3." }), Here, At)[1],
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_waits_or_runs_says_what_is_the_matter_with_its_health_and_its_agent()
    {
        TaskSummary task = Task(Status(TaskState.Running)).Summary;
        FoundTask sick = Task(task.Status with { Healthy = false }), young = new(new FrameworkId("f"), "web", task with { Task = task.Task with { HealthCheck = new HealthCheck { Probe = new HealthProbe.Command(new CommandInfo("true")) } } }, false);
        AgentSummary away = Here with { IsDegraded = true, IsActive = false, Unavailability = new Unavailability(At, TimeSpan.FromHours(2)) };

        Assert.Equal(
            ["Task f/web-1 has been running since 2026-01-31 18:00:00Z (0 s ago), on s1 (host).", "TASK_RUNNING comes from its executor.", "Its health check fails."],
            TaskText.Why(sick, Here, At));
        Assert.Equal("Its health check has no result yet.", TaskText.Why(young, Here, At)[2]);
        Assert.Equal(
            ["Its agent is degraded: an engine or its checkpoint fails.", "Its agent is to be away from 2026-01-31 18:00:00Z for 2 h."], TaskText.Why(Task(task.Status), away, At).Skip(2));
        Assert.Equal(["Its agent takes no new tasks: it was deactivated."], TaskText.Why(Task(task.Status), Here with { IsActive = false }, At).Skip(2));
        Assert.Equal("Nobody knows its agent any more.", TaskText.Why(Task(Status(TaskState.Staging)), null, At)[^1]);
    }

    [Fact]
    public void An_agent_says_of_each_containerizer_whether_it_works()
    {
        AgentCondition condition = new([new("docker", ContainerKinds.Image, "no answer within 2 s"), new("process", ContainerKinds.Process)]);
        AgentSummary half = Here with { Condition = condition };
        AgentSummary full = Here with { IsDegraded = true, IsActive = false, Condition = condition with { Trouble = "its checkpoint does not answer" } };

        Assert.Equal("docker (images): does not work: no answer within 2 s; process (plain processes): works", AgentText.Containerizers(half));
        Assert.Equal("Registered, without docker", AgentText.State(half));
        Assert.Equal(["Its agent starts nothing with docker: no answer within 2 s."], AgentText.Troubles(half));
        Assert.Equal("Registered, degraded", AgentText.State(full));
        Assert.Equal(["Its agent is degraded: its checkpoint does not answer; docker: no answer within 2 s."], AgentText.Troubles(full));
        Assert.Null(AgentText.Containerizers(Here));
    }

    [Fact]
    public void Taking_an_agent_back_says_whether_it_takes_tasks()
    {
        AgentCondition away = new([new("docker", ContainerKinds.Image, "no answer within 2 s")]);

        Assert.Equal("s1 (host) takes tasks again.", AgentText.Reactivated(Here));
        Assert.Equal(
            "s1 (host) is in service again, but takes no tasks yet. Its agent is degraded: docker: no answer within 2 s.",
            AgentText.Reactivated(Here with { IsDegraded = true, IsActive = false, Condition = away }));
        Assert.Equal(
            "s1 (host) is in service again, but takes no tasks yet. Its agent does not answer.",
            AgentText.Reactivated(Here with { State = AgentState.Unreachable, IsActive = false }));
        Assert.StartsWith(
            "s1 (host) is in service again, but not all is well. Its agent starts nothing with docker",
            AgentText.Reactivated(Here with { Condition = away with { Containerizers = [.. away.Containerizers, new("process", ContainerKinds.Process)] } }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_reached_says_since_when_and_that_it_may_run()
    {
        TaskUpdate status = Status(TaskState.Unreachable) with { Source = TaskSource.Master, Reason = TaskReason.AgentRemoved, UnreachableSince = At.AddSeconds(-30) };

        Assert.Equal(
            [
                "Task f/web-1 has been unreachable since 2026-01-31 18:00:00Z (0 s ago), on s1 (host).",
                "TASK_UNREACHABLE comes from the masters: its agent was removed or cannot be reached (REASON_AGENT_REMOVED).",
                "Its agent has not answered since 2026-01-31 17:59:30Z (30 s ago); the task may still run there, and goes on when the agent is back.",
            ],
            TaskText.Why(Task(status), Here with { State = AgentState.Unreachable }, At));
    }

    [Fact]
    public void Every_reason_and_every_obstacle_has_words()
    {
        Assert.All(Enum.GetValues<TaskReason>(), static reason => Assert.NotEqual(reason.WireName(), ReasonText.Of(reason)));
        Assert.All(Enum.GetNames<Obstacle>(), static name => Assert.NotEqual(name, ObstacleText.Of(name)));
        Assert.Equal("Weather", ObstacleText.Of("Weather"));
    }

    [Fact]
    public void A_framework_says_whether_it_is_there_what_it_holds_and_what_is_in_its_way()
    {
        var info = new FrameworkInfo { Name = "web", Roles = ["a", "b"] };
        var framework = new FrameworkSummary(new FrameworkId("f"), info, true, Resources.Empty, Resources.Of(cpus: 2), 3);
        TaskSummary[] tasks = [Task(Status(TaskState.Running)).Summary, Task(Status(TaskState.Staging)).Summary, Task(Status(TaskState.Running)).Summary, Task(Status(TaskState.Failed)).Summary];
        var book = new FrameworkSnapshot(framework.Id, info, true, null, tasks, false, 3, 1);
        (string, OffersExplained)[] roles =
        [
            ("a", new OffersExplained(null, "no agent fits", new Dictionary<string, int> { ["Filter"] = 1, ["Cpus"] = 12 })),
            ("b", new OffersExplained(null, "offers are suppressed in this role until it is revived", new Dictionary<string, int>())),
        ];

        Assert.Equal(
            [
                "Framework f (web) is connected.",
                "It has 3 tasks that have not ended: 2 Running, 1 Staging.",
                "It holds 2 offers of cpus:1.5 that it has not answered.",
                "1 update is not acknowledged.",
                "In role a: no agent fits.",
                "  12 agents: not enough cpus",
                "  1 agent: the framework refused it and is not asked again yet",
                "In role b: offers are suppressed in this role until it is revived.",
            ],
            FrameworkText.Why(framework, book, [Offered(1), Offered(0.5)], roles, At));
    }

    [Fact]
    public void A_framework_that_is_away_says_since_when_and_one_that_did_not_come_back_what_is_not_known()
    {
        var info = new FrameworkInfo { Name = "web" };
        var framework = new FrameworkSummary(new FrameworkId("f"), info, false, Resources.Empty, Resources.Empty, 0);
        var book = new FrameworkSnapshot(framework.Id, info, false, At.AddHours(-26), [], false, 1, 0);

        Assert.Equal(
            ["Framework f (web) is not connected, since 2026-01-30 16:00:00Z (1 day 2 h ago).", "It has 1 task that has not ended.", "It holds no offers."],
            FrameworkText.Why(framework, book, [], [], At).Take(3));
        IReadOnlyList<string> lost = FrameworkText.Why(framework with { Info = null }, book with { Info = null }, [], [], At);
        Assert.Equal("Framework f is known by its tasks only: it has not registered since the masters' last change.", lost[0]);
        Assert.Equal("In which roles it wants offers is not known before it has registered again.", lost[^1]);
    }

    private static TaskUpdate Status(TaskState state) => new(new TaskId("web-1"), state, TaskSource.Executor, AgentId: new AgentId("s1"), Timestamp: At);

    private static Offer Offered(double cpus) => new(new OfferId($"o-{cpus}"), new FrameworkId("f"), "a", Here.Info, Resources.Of(cpus: cpus));

    private static FoundTask Task(TaskUpdate status) => new(
        new FrameworkId("f"), "web", new TaskSummary(new TaskInfo { Id = status.TaskId, Resources = Resources.Of(cpus: 1) }, new AgentId("s1"), "*", status), status.State.IsTerminal());
}
