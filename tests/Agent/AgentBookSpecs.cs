using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Agent.Executors;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent.Specs;

public sealed class AgentBookSpecs
{
    private readonly AgentBook _book = Given.Book();

    [Fact]
    public void What_does_not_fit_is_refused_and_the_rest_of_the_launch_is_taken()
    {
        // 4 cpus: 3 and 1 fit, 2 does not.
        LaunchOutcome outcome = _book.Launch(Given.Launch(1, Given.Task("a", 3), Given.Task("b", 2), Given.Task("c", 1)));

        Assert.Equal(["a", "c"], outcome.Started.Select(key => key.TaskId.Value));
        Assert.Equal("b", Assert.Single(outcome.Refused).TaskId.Value);
        Assert.Equal(Resources.Of(cpus: 4, mem: 64), _book.Used);
        TaskUpdate dropped = Assert.Single(_book.AllOwed());
        Assert.Equal((TaskState.Dropped, TaskReason.ResourcesUnknown), (dropped.State, dropped.Reason));
    }

    [Fact]
    public void A_group_is_taken_as_a_whole_or_not_at_all()
    {
        LaunchTasks launch = Given.Launch(1) with { Tasks = [new(Given.Task("a", 3), "g"), new(Given.Task("b", 2), "g"), new(Given.Task("c", 2), "h"), new(Given.Task("d", 2), "h")] };

        LaunchOutcome outcome = _book.Launch(launch);

        Assert.Equal(["c", "d"], outcome.Started.Select(key => key.TaskId.Value));
        Assert.Equal(["a", "b"], outcome.Refused.Select(task => task.TaskId.Value));
    }

    [Fact]
    public void A_shared_executor_is_counted_once_and_freed_with_its_last_task()
    {
        var executor = new ExecutorInfo(new ExecutorId("e"), Resources.Of(cpus: 0.5));
        _book.Launch(Given.Launch(1, Given.Task("a") with { Executor = executor }, Given.Task("b") with { Executor = executor }));
        Assert.Equal(Resources.Of(cpus: 2.5, mem: 64), _book.Used);
        Assert.Equal([executor.Resources, null], _book.Held().Select(task => task.Task.ExecutorResources));

        Assert.Null(_book.Change(Given.Key("a"), Given.Status("a", TaskState.Finished)).Executor);
        EndedExecutor? ended = _book.Change(Given.Key("b"), Given.Status("b", TaskState.Failed)).Executor;

        Assert.Equal(new EndedExecutor(Given.FrameworkId, executor.Id, "eng", executor.Resources), ended);
        Assert.True(_book.Used.IsEmpty);
    }

    [Fact]
    public void An_executor_whose_only_tasks_were_refused_is_given_back()
    {
        var executor = new ExecutorInfo(new ExecutorId("e"), Resources.Of(cpus: 0.5));

        LaunchOutcome outcome = _book.Launch(Given.Launch(1, Given.Task("a", 4) with { Executor = executor }));

        Assert.Equal(executor.Id, Assert.Single(outcome.Executors).ExecutorId);
    }

    [Fact]
    public void A_shared_volume_is_for_many_tasks_at_once_and_cannot_be_destroyed_meanwhile()
    {
        Resource disk = Assert.Single(Resources.Of(disk: 100).PushReservation(Reservation.Dynamic("eng")).Objects());
        Resources volume = Resources.From(new Resource(disk.Key.WithDisk(new DiskInfo(Persistence: new Persistence("v")) { Volume = new Volume("v", VolumeMode.ReadWrite) }, isShared: true, size: 100_000), new Amount(1)));
        var book = new AgentBook(new AgentMemory(null, [], []), Given.Identity with { Total = Given.Host.Add(volume) });
        TaskInfo With(string id) => Given.Task(id) with { Resources = volume.Add(Resources.Of(cpus: 1)) };

        LaunchOutcome outcome = book.Launch(Given.Launch(1, With("a"), With("b")));

        Assert.Equal(2, outcome.Started.Count);
        Assert.NotNull(book.Convert(new Conversion(volume, Resources.Empty)));
        book.Change(Given.Key("a"), Given.Status("a", TaskState.Finished));
        Assert.NotNull(book.Convert(new Conversion(volume, Resources.Empty)));
        book.Change(Given.Key("b"), Given.Status("b", TaskState.Finished));
        Assert.Null(book.Convert(new Conversion(volume, Resources.Empty)));
        Assert.Equal(Given.Host, book.Identity.Total);
    }

    [Fact]
    public void A_reservation_and_the_task_that_uses_it_are_kept_together_and_once()
    {
        Resources reserved = Resources.Of(cpus: 1).PushReservation(Reservation.Dynamic("eng"));
        LaunchTasks launch = Given.Launch(7, Given.Task("a") with { Resources = reserved }) with { Conversions = [new AppliedOperation(0, Resources.Of(cpus: 1), reserved)] };
        _book.TakeChanges();

        Assert.Null(_book.Launch(launch).Conversion);

        Assert.Equal(2, _book.TakeChanges().Select(change => change.GetType()).Distinct().Count());
        Assert.True(_book.HasConverted(new UseKey(Given.FrameworkId, 7)));
        Assert.Empty(_book.Launch(launch).Started);
        Assert.Equal(reserved.Add(Resources.Of(cpus: 3, mem: 4096, disk: 1000, ports: ValueRanges.Of(31000, 31009))), _book.Identity.Total);
    }

    [Fact]
    public void A_conversion_of_what_is_in_use_refuses_the_whole_launch()
    {
        _book.Launch(Given.Launch(1, Given.Task("a", 4)));
        Resources reserved = Resources.Of(cpus: 1).PushReservation(Reservation.Dynamic("eng"));

        LaunchOutcome outcome = _book.Launch(Given.Launch(2, Given.Task("b", 0)) with { Conversions = [new AppliedOperation(0, Resources.Of(cpus: 1), reserved)] });

        Assert.Equal("resources", outcome.Conversion?.Field);
        Assert.Equal("b", Assert.Single(outcome.Refused).TaskId.Value);
        Assert.Equal(Given.Host, _book.Identity.Total);
    }

    [Fact]
    public void Nothing_is_told_before_it_is_durable()
    {
        _book.Launch(Given.Launch(1, Given.Task("a")));
        _book.Change(Given.Key("a"), Given.Status("a", TaskState.Running));
        Assert.Empty(_book.OwedTo(Given.FrameworkId, 10));

        _book.Saved(_book.LastUpdate);

        Assert.Equal(TaskState.Running, Assert.Single(_book.OwedTo(Given.FrameworkId, 10)).State);
    }

    [Fact]
    public void Nothing_follows_an_end_and_a_task_is_forgotten_when_its_end_is_delivered()
    {
        _book.Launch(Given.Launch(1, Given.Task("a")));
        _book.Change(Given.Key("a"), Given.Status("a", TaskState.Finished));

        Assert.False(_book.Change(Given.Key("a"), Given.Status("a", TaskState.Failed)).IsNew);
        TaskUpdate end = Assert.Single(_book.AllOwed());
        Assert.Empty(_book.Delivered(Given.FrameworkId, [new UpdateKey(end.TaskId, Guid.NewGuid())]));
        Assert.Single(_book.Delivered(Given.FrameworkId, [new UpdateKey(end.TaskId, end.Uuid!.Value)]));

        Assert.Empty(_book.Tasks);
        Assert.Empty(_book.Owing);
    }

    [Fact]
    public void A_shorter_grace_replaces_a_longer_one()
    {
        _book.Launch(Given.Launch(1, Given.Task("a")));

        Assert.True(_book.WantEnd(Given.Key("a"), new Stop(TimeSpan.FromSeconds(9), TaskReason.AgentDraining)));
        Assert.False(_book.WantEnd(Given.Key("a"), new Stop(TimeSpan.FromSeconds(10), null)));
        Assert.True(_book.WantEnd(Given.Key("a"), new Stop(TimeSpan.FromSeconds(1), null)));

        Assert.Equal(new Stop(TimeSpan.FromSeconds(1), TaskReason.AgentDraining), _book.Tasks[Given.Key("a")].End);
    }
}
