using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Master.Specs.Frameworks;

public sealed class LaunchSpecs : FrameworkSpec
{
    [Fact]
    public void A_launch_goes_from_the_scheduler_over_the_allocator_to_the_agent()
    {
        Subscribe();

        var launch = Launch(Task("t1"), Task("t2"));

        Assert.Equal(["t1", "t2"], launch.Tasks.Select(task => task.Task.Id.Value));
        Assert.Equal((new Epoch(1), 1L, "eng"), (launch.Epoch, launch.Registration, launch.Role));
    }

    [Fact]
    public void A_launch_that_was_answered_survives_a_failover_at_each_step()
    {
        Subscribe();
        var use = Accept(Task("t1"));
        Restart();
        var again = Next<UseOffers>(Allocator);
        Assert.Equal((use.Number, "t1"), (again.Number, ((Operation.Launch)again.Operations[0]).Tasks[0].Id.Value));

        Framework.Tell(Granted(use), Allocator);
        Next<LaunchTasks>(Agent);
        Restart();
        Framework.Tell(new FrameworkRegistered(Id, new Epoch(1), null, [Registered]), Allocator);
        Assert.Equal("t1", Next<LaunchTasks>(Agent).Tasks[0].Task.Id.Value);

        Framework.Tell(new LaunchKept(Id, AgentId, use.Number), Agent);
        Report(Status("t1", TaskState.Finished));
        Next<UpdatesKept>(Agent);
        Restart();
        Framework.Tell(new KeepSession(Id, Session, Scheduler), Scheduler);
        Acknowledge(NextUpdate("t1", TaskState.Finished));
        AwaitAssert(() => Assert.Equal("t1", Assert.Single(Snapshot(completed: true).Tasks).Task.Id.Value));
    }

    [Fact]
    public void A_request_that_is_sent_again_is_done_once()
    {
        Subscribe();
        var accept = new AcceptOffers(Id, Session, Guid.NewGuid(), [OfferId], [new OfferOperation.Launch([Task("t1")])]);
        Framework.Tell(accept, Scheduler);
        Next<CommandDone>(Scheduler);

        Restart();
        Framework.Tell(new KeepSession(Id, Session, Scheduler), Scheduler);
        Framework.Tell(accept, Scheduler);

        Assert.Equal(accept.RequestId, Next<CommandDone>(Scheduler).RequestId);
        Assert.Equal(1, Snapshot().Live);
    }

    [Fact]
    public void A_bad_task_refuses_the_whole_call_and_names_the_field()
    {
        Subscribe();
        var accept = new AcceptOffers(
            Id, Session, Guid.NewGuid(), [OfferId], [new OfferOperation.Launch([Task("t1"), Task("t2") with { Command = null }])]);

        Framework.Tell(accept, Scheduler);

        Assert.Equal("operations[0].tasks[1].command", Next<CommandRefused>(Scheduler).Problem.Field);
        Assert.Equal(0, Snapshot().Live);
    }

    [Fact]
    public void A_task_id_is_used_once()
    {
        Subscribe();
        Launch(Task("t1"));

        Framework.Tell(new AcceptOffers(Id, Session, Guid.NewGuid(), [OfferId], [new OfferOperation.Launch([Task("t1")])]), Scheduler);

        Assert.Contains("was used before", Next<CommandRefused>(Scheduler).Problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Tasks_on_offers_that_are_not_valid_are_dropped()
    {
        Subscribe();
        var use = Accept(Task("t1"));

        Framework.Tell(new OffersUsed(Id, new Epoch(1), use.Number, new Problem("offer_ids[0]", "Offer E1-O0 is no longer valid"), null, null, [], [], []), Allocator);

        var update = NextUpdate("t1", TaskState.Dropped);
        Assert.Equal((TaskReason.InvalidOffers, "Task launched with invalid offers: Offer E1-O0 is no longer valid"), (update.Reason, update.Message));
        Assert.NotNull(update.Uuid);
    }

    [Fact]
    public void Frameworks_that_are_not_partition_aware_are_told_lost()
    {
        Subscribe(Info with { Capabilities = FrameworkCapabilities.None });
        var use = Accept(Task("t1"));

        Framework.Tell(new OffersUsed(Id, new Epoch(1), use.Number, new Problem("offer_ids[0]", "no"), null, null, [], [], []), Allocator);

        NextUpdate("t1", TaskState.Lost);
    }

    [Fact]
    public void A_task_that_the_allocator_refuses_is_an_error_and_the_others_start()
    {
        Subscribe();
        var use = Accept(Task("t1", cpus: 99), Task("t2"));

        Framework.Tell(Granted(use) with { RefusedTasks = [new RefusedTask(new TaskId("t1"), new Problem("resources", "more than offered"))] }, Allocator);

        Assert.Equal("t2", Assert.Single(Next<LaunchTasks>(Agent).Tasks).Task.Id.Value);
        Assert.Equal(TaskReason.TaskInvalid, NextUpdate("t1", TaskState.Error).Reason);
    }

    [Fact]
    public void A_task_that_only_what_is_wrong_on_the_agent_now_stands_against_is_dropped_with_the_reason()
    {
        Subscribe();
        var use = Accept(Task("t1"), Task("t2"));
        var refused = new RefusedTask(new TaskId("t1"), new Problem("container", "docker does not work on the agent just now: it does not answer"), IsPassing: true);

        Framework.Tell(Granted(use) with { RefusedTasks = [refused] }, Allocator);

        Assert.Equal("t2", Assert.Single(Next<LaunchTasks>(Agent).Tasks).Task.Id.Value);
        TaskUpdate status = NextUpdate("t1", TaskState.Dropped);
        Assert.Equal(
            ((TaskReason?)TaskReason.ContainerLaunchFailed, "container: docker does not work on the agent just now: it does not answer"), (status.Reason, status.Message));
    }

    [Fact]
    public void What_the_allocator_is_asked_says_what_kind_of_container_a_task_needs()
    {
        Subscribe();
        var use = Accept(Task("t1"), Task("t2") with { Container = new ContainerInfo("busybox") });

        Assert.Equal(
            [ContainerKinds.Process, ContainerKinds.Image], Assert.IsType<Operation.Launch>(Assert.Single(use.Operations)).Tasks.Select(static task => task.Kind));
    }

    [Fact]
    public void A_new_allocator_is_asked_again_and_open_offers_are_withdrawn()
    {
        Subscribe();
        var use = Accept(Task("t1"));

        Framework.Tell(new FrameworkRegistered(Id, new Epoch(2), null, []), Allocator);

        Assert.Empty(Next<OffersWithdrawn>(Scheduler).OfferIds);
        Assert.Equal(use.Number, Next<UseOffers>(Allocator).Number);
    }

    [Fact]
    public void Reservations_travel_with_the_launch_and_are_reported()
    {
        Subscribe();
        var reserved = Resources.Of(cpus: 1).PushReservation(Reservation.Dynamic("eng"));
        Framework.Tell(new AcceptOffers(Id, Session, Guid.NewGuid(), [OfferId], [new OfferOperation.Convert(new Operation.Reserve(reserved) { Id = new OperationId("op-1") })]), Scheduler);
        var use = Next<UseOffers>(Allocator);

        Framework.Tell(Granted(use) with { Conversions = [new AppliedOperation(0, Resources.Of(cpus: 1), reserved)] }, Allocator);
        var launch = Next<LaunchTasks>(Agent);
        Framework.Tell(new ConversionsMade(Id, AgentId, launch.Number, null), Agent);

        Assert.Equal(reserved, Assert.Single(launch.Conversions).Converted);
        Assert.Equal((new OperationId("op-1"), OperationState.Finished), Assert.Single(Next<OperationsReported>(Scheduler).Operations) is var told ? (told.Id, told.State) : default);
    }
}
