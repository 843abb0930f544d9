using ActorScheduler.Agent.Executors;
using ActorScheduler.Containers;
using ActorScheduler.Model;
using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace ActorScheduler.Agent.Specs.Executors;

public sealed class ExecutorSpecs() : TestKit("akka.loglevel = OFF, akka.test.single-expect-default = 30 s")
{
    private static readonly ExecutorSettings Quick = new(
        CallTimeout: TimeSpan.FromSeconds(1), StartTimeout: TimeSpan.FromSeconds(5), KillGracePeriod: TimeSpan.FromMilliseconds(50),
        RestartMin: TimeSpan.FromMilliseconds(10), RestartMax: TimeSpan.FromMilliseconds(100));

    private readonly FaultyContainerizer _containers = new();

    [Theory]
    [InlineData("0", TaskState.Finished, null)]
    [InlineData("3", TaskState.Failed, TaskReason.CommandExecutorFailed)]
    public void An_exit_code_says_how_a_task_ended(string code, TaskState state, TaskReason? reason)
    {
        Start(Given.Task("a", 1, run: 0.01, ("simulate.exit", code)));

        Next(TaskState.Running);
        Progress end = Next(state);
        Assert.Equal((reason, int.Parse(code)), (end.Reason, end.ExitCode));
    }

    [Fact]
    public void A_start_that_fails_has_the_exit_code_that_stands_for_its_reason()
    {
        _containers.StartFailure = new ContainerException("there is no such program") { ExitCode = 127 };
        Start(Given.Task("missing"));

        Progress end = Next(TaskState.Failed);
        Assert.Equal((TaskReason.ContainerLaunchFailed, (int?)127, "there is no such program"), (end.Reason, end.ExitCode, end.Message));
    }

    [Fact]
    public void A_container_that_does_not_start_fails_its_task_and_leaves_nothing()
    {
        Assignment assignment = Start(Given.Task("a", 1, null, ("simulate.fail", "no such image")));

        Progress end = Next(TaskState.Failed);
        Assert.Equal((TaskReason.ContainerLaunchFailed, "no such image"), (end.Reason, end.Message));
        Assert.Equal([assignment.Order.RunId], _containers.Removed);
    }

    [Fact]
    public void A_start_that_takes_too_long_fails_and_is_cleaned_up_first()
    {
        _containers.HangsAtStart = true;
        Start(Given.Task("a"), settings: Quick with { StartTimeout = TimeSpan.FromMilliseconds(50) });

        Assert.Contains("did not start within", Next(TaskState.Failed).Message, StringComparison.Ordinal);
        Assert.Single(_containers.Removed);
    }

    [Fact]
    public void A_task_is_not_over_before_what_is_left_of_a_failed_start_is_removed()
    {
        _containers.Faults["Remove"] = 2;
        Start(Given.Task("a", 1, null, ("simulate.fail", "no such image")));

        Assert.Equal("no such image", Next(TaskState.Failed).Message);
        Assert.Single(_containers.Starts);
    }

    [Fact]
    public void A_kill_cancels_a_start_that_hangs()
    {
        _containers.HangsAtStart = true;
        Assignment assignment = Start(Given.Task("a"));
        AwaitCondition(() => !_containers.Starts.IsEmpty);

        Stop(assignment, new Stop(null, null));

        Assert.Equal(TaskReason.TaskKilledDuringLaunch, Next(TaskState.Killed).Reason);
    }

    [Fact]
    public void A_kill_gives_grace_and_says_so()
    {
        Assignment assignment = Start(Given.Task("a", 1, null, ("simulate.hang", "")));
        Next(TaskState.Running);

        Stop(assignment, new Stop(TimeSpan.FromMilliseconds(20), TaskReason.AgentDraining));

        Assert.Equal(TaskReason.AgentDraining, Next(TaskState.Killing).Reason);
        Assert.Equal((TaskReason.AgentDraining, 137), Next(TaskState.Killed) is var end ? (end.Reason, end.ExitCode) : default);
    }

    [Fact]
    public void Only_a_shorter_grace_changes_a_kill_that_is_under_way()
    {
        Assignment assignment = Start(Given.Task("a", 1, null, ("simulate.hang", "")));
        Next(TaskState.Running);
        foreach (int seconds in new[] { 60, 60, 90 })
            Stop(assignment, new Stop(TimeSpan.FromSeconds(seconds), null));
        Stop(assignment, new Stop(TimeSpan.Zero, null));

        Next(TaskState.Killing);
        Next(TaskState.Killed);
        Assert.Equal([TimeSpan.FromSeconds(60), TimeSpan.Zero], _containers.Graces);
    }

    [Fact]
    public void A_task_that_runs_too_long_fails()
    {
        Start(Given.Task("a") with { MaxCompletionTime = TimeSpan.FromMilliseconds(30) });

        Next(TaskState.Running);
        Assert.Equal(TaskReason.MaxCompletionTimeReached, Next(TaskState.Failed).Reason);
    }

    [Fact]
    public void Time_that_a_task_ran_before_a_restart_counts()
    {
        TaskUpdate running = Given.Status("a", TaskState.Running) with { Timestamp = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1) };
        ContainerOrder order = Order(Given.Task("a") with { MaxCompletionTime = TimeSpan.FromMinutes(59) });
        Assert.True(_containers.Start(order, default).IsCompletedSuccessfully);

        Start(order, running, isNew: false);

        Assert.Equal(TaskReason.MaxCompletionTimeReached, Next(TaskState.Failed).Reason);
    }

    [Theory]
    [InlineData("Inspect", 3)]
    [InlineData("WhenEnded", 3)]
    public void A_crash_in_any_state_goes_on_with_the_same_container(string call, int times)
    {
        _containers.Faults[call] = times;
        Start(Order(Given.Task("a", run: 0.2)), Given.Status("a", TaskState.Staging), isNew: false);

        Next(TaskState.Running);
        Next(TaskState.Finished);
        Assert.Single(_containers.Starts);
        Assert.Equal(0, _containers.Faults[call]);
    }

    [Fact]
    public void A_kill_that_came_during_a_crash_is_not_forgotten()
    {
        _containers.Faults["WhenEnded"] = 3;
        _containers.Faults["Stop"] = 1;
        Assignment assignment = Start(Given.Task("a"));
        Next(TaskState.Running);

        Stop(assignment, new Stop(null, null));

        Next(TaskState.Killing);
        Next(TaskState.Killed);
        Assert.Single(_containers.Starts);
    }

    [Fact]
    public void A_container_that_is_gone_after_it_ran_is_not_started_again()
    {
        Start(Order(Given.Task("a")), Given.Status("a", TaskState.Running), isNew: false);

        Assert.Equal(TaskReason.ExecutorTerminated, Next(TaskState.Failed).Reason);
        Assert.Empty(_containers.Starts);
    }

    [Fact]
    public void A_task_that_is_to_end_before_it_began_never_starts()
    {
        Start(Order(Given.Task("a")), Given.Status("a", TaskState.Staging), isNew: false, new Stop(null, TaskReason.FrameworkRemoved));

        Assert.Equal(TaskReason.FrameworkRemoved, Next(TaskState.Killed).Reason);
        Assert.Empty(_containers.Starts);
    }

    private static ContainerOrder Order(TaskInfo task) => new(Guid.NewGuid().ToString("N"), Given.AgentId, Given.FrameworkId, task, "", null);

    private static void Stop(Assignment assignment, Stop stop)
    {
        assignment.Stop ??= stop;
        assignment.Actor!.Tell(stop);
    }

    private Assignment Start(TaskInfo task, ExecutorSettings? settings = null) =>
        Start(Order(task), Given.Status(task.Id.Value, TaskState.Staging), isNew: true, settings: settings);

    private Assignment Start(ContainerOrder order, TaskUpdate status, bool isNew, Stop? stop = null, ExecutorSettings? settings = null)
    {
        var assignment = new Assignment(order, _containers, status, isNew) { Stop = stop };
        Sys.ActorOf(Props.Create(() => new Parent(ExecutorActor.Props(assignment, _containers, null, settings ?? Quick, TimeProvider.System), assignment, TestActor)));
        AwaitCondition(() => assignment.Actor is not null);
        return assignment;
    }

    private Progress Next(TaskState state)
    {
        var progress = ExpectMsg<Progress>(TimeSpan.FromSeconds(60));
        Assert.Equal(state, progress.State);
        return progress;
    }

    private sealed class Parent : ReceiveActor
    {
        public Parent(Props child, Assignment assignment, IActorRef listener)
        {
            assignment.Actor = Context.ActorOf(child);
            ReceiveAny(listener.Forward);
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(-1, Timeout.Infinite, static _ => Directive.Restart);
    }
}
