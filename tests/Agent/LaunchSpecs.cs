using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent.Specs;

public sealed class LaunchSpecs : AgentSpec
{
    public LaunchSpecs()
    {
        Begin();
        Register();
    }

    [Fact]
    public void A_launch_that_comes_again_is_answered_again_and_done_once()
    {
        LaunchTasks launch = Launch(Given.Task("a", run: 0));
        Keep("a", TaskState.Finished);
        AwaitAssert(() => Assert.Single(Containers.Removed));
        Assert.Empty(Held());

        Agent.Tell(launch, Frameworks);

        Next<LaunchKept>(Frameworks, kept => kept.Number == launch.Number);
        Assert.Empty(Held());
        Assert.Single(Containers.Starts);
    }

    [Fact]
    public void A_reservation_of_a_launch_that_comes_again_is_made_once()
    {
        LaunchTasks launch = Order() with
        {
            Conversions = [new AppliedOperation(0, Resources.Of(cpus: 1), Resources.Of(cpus: 1).PushReservation(Reservation.Dynamic("eng")))],
        };
        Agent.Tell(launch, Frameworks);
        Assert.Null(Next<ConversionsMade>(Frameworks).Problem);
        Agent.Tell(launch, Frameworks);
        Assert.Null(Next<ConversionsMade>(Frameworks).Problem);
        Crash();
        RegisterAgent register = Register();
        Agent.Tell(launch, Frameworks);

        Assert.Null(Next<ConversionsMade>(Frameworks).Problem);
        Assert.Equal(1000, register.Total.ReservedTo("eng").Quantities.Cpus);
    }

    [Fact]
    public void A_launch_of_an_earlier_registration_is_dropped_and_holds_nothing()
    {
        LaunchTasks stale = Order(Given.Task("a"));
        Sys.EventStream.Publish(new AllocatorStarted(new Epoch(2), Allocator));
        Next<RegisterAgent>(Allocator);
        Agent.Tell(stale, Frameworks);
        Epoch = new Epoch(2);
        Answer();
        Agent.Tell(stale, Frameworks);

        Assert.Equal(TaskReason.InvalidOffers, Keep("a", TaskState.Dropped).Reason);
        Assert.Empty(Held());
        Assert.Empty(Containers.Starts);
        Launch(Given.Task("b", 4, run: 0));
        Assert.Equal("b", Assert.Single(Next<ReleaseResources>(Allocator).Tasks).TaskId.Value);
    }

    [Fact]
    public void A_launch_that_is_ahead_of_the_answer_to_a_registration_waits_for_it()
    {
        Sys.EventStream.Publish(new AllocatorStarted(new Epoch(2), Allocator));
        Next<RegisterAgent>(Allocator);
        Epoch = new Epoch(2);
        LaunchTasks launch = Order(Given.Task("a"));
        Agent.Tell(launch, Frameworks);
        Answer();
        Agent.Tell(launch, Frameworks);

        Keep("a", TaskState.Running);
    }

    [Fact]
    public void What_does_not_fit_is_dropped_and_released()
    {
        Launch(Given.Task("a", 3));
        Launch(Given.Task("b", 2));

        Assert.Equal(TaskReason.ResourcesUnknown, Keep("b", TaskState.Dropped).Reason);
        Assert.Equal("b", Assert.Single(Next<ReleaseResources>(Allocator).Tasks).TaskId.Value);
    }

    [Fact]
    public void A_task_that_nothing_can_run_is_dropped()
    {
        Launch(Given.Task("a") with { Container = new ContainerInfo("image") });

        Assert.Contains("no containerizer", Keep("a", TaskState.Dropped).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tasks_of_a_group_die_together()
    {
        LaunchTasks launch = Order() with { Tasks = [new(Given.Task("a"), "g"), new(Given.Task("b", 1, null, ("simulate.fail", "no image")), "g"), new(Given.Task("c"), null)] };
        Agent.Tell(launch, Frameworks);

        Keep("a", TaskState.Killed);
        Assert.Equal(["c"], Held().Where(task => !task.Status.State.IsTerminal()).Select(task => task.Task.Id.Value));
    }

    [Fact]
    public void A_task_that_finishes_takes_its_group_with_it_when_it_has_published_ports_and_is_free_with_the_last()
    {
        var mapped = new ContainerInfo(Network: ContainerNetwork.Bridge, PortMappings: [new PortMapping(31000, 80)]);
        Agent.Tell(Order() with { Tasks = [new(Given.Task("a", run: 0.1) with { Container = mapped }, "g"), new(Given.Task("b"), "g")] }, Frameworks);

        Keep("a", TaskState.Finished);
        Keep("b", TaskState.Killed);

        Assert.Equal(["b", "a"], Next<ReleaseResources>(Allocator).Tasks.Select(static task => task.TaskId.Value));
    }

    [Fact]
    public void A_task_that_finishes_leaves_its_group_alone_when_it_has_none()
    {
        Agent.Tell(Order() with { Tasks = [new(Given.Task("a", run: 0.1), "g"), new(Given.Task("b"), "g")] }, Frameworks);

        Keep("a", TaskState.Finished);

        Assert.Equal(["a"], Next<ReleaseResources>(Allocator).Tasks.Select(static task => task.TaskId.Value));
        Assert.Equal(TaskState.Running, Assert.Single(Held(), static task => task.Task.Id.Value == "b").Status.State);
    }

    [Fact]
    public void A_kill_ends_a_task_however_often_it_comes()
    {
        Launch(Given.Task("a"));
        Keep("a", TaskState.Running);
        for (int i = 0; i < 3; i++)
            Agent.Tell(new EndTask(Given.FrameworkId, Id, new TaskId("a"), null, null), Frameworks);

        Keep("a", TaskState.Killed);
        Assert.Single(Containers.Graces);
    }

    [Fact]
    public void A_removed_framework_takes_its_tasks_with_it()
    {
        Launch(Given.Task("a"));
        Agent.Tell(new EndFramework(Given.FrameworkId, Id), Frameworks);

        Assert.Equal(TaskReason.FrameworkRemoved, Keep("a", TaskState.Killed).Reason);
    }
}
