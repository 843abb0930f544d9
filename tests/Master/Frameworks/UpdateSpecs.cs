using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Master.Specs.Frameworks;

public sealed class UpdateSpecs : FrameworkSpec
{
    [Fact]
    public void Updates_of_a_task_come_in_order_one_at_a_time_until_each_is_acknowledged()
    {
        Subscribe();
        Launch(Task("t1"));
        Report(Status("t1", TaskState.Running), Status("t1", TaskState.Finished));

        var running = NextUpdate("t1", TaskState.Running);
        Assert.Equal(running.Uuid, NextUpdate("t1", TaskState.Running).Uuid);
        Acknowledge(running);

        NextUpdate("t1", TaskState.Finished);
    }

    [Fact]
    public void What_is_reported_again_is_kept_again_and_told_once()
    {
        Subscribe();
        Launch(Task("t1"));
        var running = Status("t1", TaskState.Running);
        Report(running);
        Next<UpdatesKept>(Agent);
        Acknowledge(NextUpdate("t1", TaskState.Running));
        AwaitAssert(() => Assert.Equal(0, Snapshot().Unacknowledged));

        Report(running);

        Assert.Equal(running.Uuid, Assert.Single(Next<UpdatesKept>(Agent).Updates).Uuid);
        Assert.Equal(0, Snapshot().Unacknowledged);
    }

    [Fact]
    public void Nothing_follows_the_end()
    {
        Subscribe();
        Launch(Task("t1"));
        Report(Status("t1", TaskState.Finished));
        NextUpdate("t1", TaskState.Finished);

        Report(Status("t1", TaskState.Running));

        Assert.Equal("t1", Next<EndTask>(Agent).TaskId.Value);
        Assert.Equal(TaskState.Finished, Assert.Single(Snapshot().Tasks).Status.State);
    }

    [Fact]
    public void What_an_agent_repeats_up_to_the_end_is_kept_and_ends_nothing()
    {
        Subscribe();
        Launch(Task("t1"));
        TaskUpdate[] all = [Status("t1", TaskState.Running), Status("t1", TaskState.Finished)];
        Report(all);
        Acknowledge(NextUpdate("t1", TaskState.Running));
        Acknowledge(NextUpdate("t1", TaskState.Finished));
        Next<UpdatesKept>(Agent);

        Report(all);

        // An order to end it would have come first.
        object next = Agent.FishForMessage(static message => message is UpdatesKept or EndTask, TimeSpan.FromSeconds(60));
        Assert.Equal(2, Assert.IsType<UpdatesKept>(next).Updates.Count);
    }

    [Fact]
    public void An_agent_that_does_not_answer_makes_its_tasks_unreachable_and_its_return_makes_them_run()
    {
        Subscribe();
        Launch(Task("t1"));
        Report(Status("t1", TaskState.Running));
        Acknowledge(NextUpdate("t1", TaskState.Running));

        Framework.Tell(new AgentStandingChanged(Id, new Epoch(1), new AgentStanding(AgentId, AgentState.Unreachable, Since: DateTimeOffset.UnixEpoch)), Allocator);
        var unreachable = NextUpdate("t1", TaskState.Unreachable);
        Acknowledge(unreachable);
        Framework.Tell(new AgentStandingChanged(Id, new Epoch(1), Registered), Allocator);
        var question = Next<AskForTasks>(Agent, ask => ask.Question > 1);
        Framework.Tell(new TasksHeld(Id, AgentId, Agent, question.Question, [new TaskOnAgent(Task("t1"), "eng", Status("t1", TaskState.Running))]), Agent);

        Assert.Equal(DateTimeOffset.UnixEpoch, unreachable.UnreachableSince);
        Assert.Equal(TaskReason.AgentReregistered, NextUpdate("t1", TaskState.Running).Reason);
    }

    [Fact]
    public void A_task_that_was_given_up_as_lost_is_ended_when_its_agent_returns()
    {
        Subscribe(Info with { Capabilities = FrameworkCapabilities.None });
        Launch(Task("t1"));
        Report(Status("t1", TaskState.Running));
        Next<UpdatesKept>(Agent);
        Framework.Tell(new AgentStandingChanged(Id, new Epoch(1), new AgentStanding(AgentId, AgentState.Unreachable)), Allocator);
        Acknowledge(NextUpdate("t1", TaskState.Running));
        NextUpdate("t1", TaskState.Lost);

        Framework.Tell(new AgentStandingChanged(Id, new Epoch(1), Registered with { Registration = 2 }), Allocator);
        var question = Next<AskForTasks>(Agent, ask => ask.Question > 1);
        Framework.Tell(new TasksHeld(Id, AgentId, Agent, question.Question, [new TaskOnAgent(Task("t1"), "eng", Status("t1", TaskState.Running))]), Agent);

        Assert.Equal("t1", Next<EndTask>(Agent).TaskId.Value);
    }

    [Fact]
    public void A_task_that_its_agent_came_back_without_is_gone()
    {
        Subscribe();
        Launch(Task("t1"));
        Report(Status("t1", TaskState.Running));
        Acknowledge(NextUpdate("t1", TaskState.Running));

        Framework.Tell(new AgentStandingChanged(Id, new Epoch(1), Registered with { Registration = 2 }), Allocator);
        var question = Next<AskForTasks>(Agent, ask => ask.Question > 1);
        Framework.Tell(new TasksHeld(Id, AgentId, Agent, question.Question, []), Agent);

        NextUpdate("t1", TaskState.Gone);
    }

    [Fact]
    public void A_task_that_runs_and_is_not_known_is_adopted_and_never_killed()
    {
        Subscribe();
        Report(Status("stranger", TaskState.Running));
        var question = Next<AskForTasks>(Agent);

        Framework.Tell(new TasksHeld(Id, AgentId, Agent, question.Question, [new TaskOnAgent(Task("stranger"), "eng", Status("stranger", TaskState.Running))]), Agent);

        Assert.Contains("Adopted", NextUpdate("stranger", TaskState.Running).Message, StringComparison.Ordinal);
        Restart();
        Assert.Equal("stranger", Assert.Single(Snapshot().Tasks).Task.Id.Value);
        Agent.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void A_second_run_of_a_task_on_another_agent_is_ended_there_and_the_first_does_not_notice()
    {
        Subscribe();
        Launch(Task("t1"));
        Report(Status("t1", TaskState.Running));
        Acknowledge(NextUpdate("t1", TaskState.Running));
        var (other, actor) = (new AgentId("agent-2"), CreateTestProbe());
        Framework.Tell(new AgentStandingChanged(Id, new Epoch(1), new AgentStanding(other, AgentState.Registered, actor, Registration: 1)), Allocator);
        var question = actor.ExpectMsg<AskForTasks>();
        TaskUpdate Stray(TaskState state) => Status("t1", state) with { AgentId = other };

        Framework.Tell(new TasksHeld(Id, other, actor, question.Question, [new TaskOnAgent(Task("t1"), "eng", Stray(TaskState.Running))]), actor);
        Assert.Equal((other, "t1"), actor.ExpectMsg<EndTask>() is var end ? (end.AgentId, end.TaskId.Value) : default);
        TaskUpdate killed = Stray(TaskState.Killed);
        Framework.Tell(new ReportUpdates(Id, other, actor, [killed]), actor);
        Assert.Equal(killed.Uuid, Assert.Single(actor.ExpectMsg<UpdatesKept>().Updates).Uuid);

        Assert.Equal(TaskState.Running, Assert.Single(Snapshot().Tasks).Status.State);
        Scheduler.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void A_framework_that_nobody_knows_adopts_the_tasks_of_its_agents()
    {
        Framework.Tell(new AgentStandingChanged(Id, new Epoch(1), Registered), Allocator);
        var question = Next<AskForTasks>(Agent);

        Framework.Tell(new TasksHeld(Id, AgentId, Agent, question.Question, [new TaskOnAgent(Task("orphan"), "eng", Status("orphan", TaskState.Running))]), Agent);

        AwaitAssert(() => Assert.Equal("orphan", Assert.Single(Snapshot().Tasks).Task.Id.Value));
        Framework.Tell(new Subscribe(Id, Session, Scheduler, Info, [], IsNew: false), Scheduler);
        Assert.Equal(1, Scheduler.ExpectMsg<Subscribed>().Tasks);
        NextUpdate("orphan", TaskState.Running);
    }

    [Fact]
    public void An_agent_that_was_declared_gone_takes_its_tasks_with_it()
    {
        Subscribe();
        Launch(Task("t1"));

        Framework.Tell(new AgentStandingChanged(Id, new Epoch(1), new AgentStanding(AgentId, AgentState.Gone)), Allocator);

        NextUpdate("t1", TaskState.GoneByOperator);
    }

    [Fact]
    public void A_kill_reaches_the_agent_again_and_again_also_after_a_failover()
    {
        Subscribe();
        Launch(Task("t1"));
        Framework.Tell(new KillTask(Id, Session, Guid.NewGuid(), new TaskId("t1"), TimeSpan.FromSeconds(7)), Scheduler);
        Assert.Equal(TimeSpan.FromSeconds(7), Next<EndTask>(Agent).GracePeriod);

        Restart();
        Framework.Tell(new FrameworkRegistered(Id, new Epoch(1), null, [Registered]), Allocator);

        Assert.Equal("t1", Next<EndTask>(Agent).TaskId.Value);
    }

    [Fact]
    public void An_operator_ends_a_task_without_a_session_and_hears_what_cannot_be_ended()
    {
        Subscribe();
        Launch(Task("t1"));
        Guid request = Guid.NewGuid();
        Framework.Tell(new StopTask(Id, request, new TaskId("t1"), TimeSpan.FromSeconds(3)), TestActor);
        Assert.Equal(("t1", TimeSpan.FromSeconds(3)), Next<EndTask>(Agent) is var end ? (end.TaskId.Value, end.GracePeriod) : default);
        Assert.Equal(request, ExpectMsg<CommandDone>().RequestId);

        Framework.Tell(new StopTask(Id, Guid.NewGuid(), new TaskId("never")), TestActor);
        Assert.Equal((RefusalKind.Unknown, "task_id"), ExpectMsg<CommandRefused>() is var refused ? (refused.Kind, refused.Problem.Field) : default);
    }

    [Fact]
    public void Reconciliation_answers_as_Mesos_does()
    {
        Subscribe();
        Launch(Task("t1"));
        var (gone, lost) = (new AgentId("gone"), new AgentId("lost"));
        Framework.Tell(new ReconcileTasks(
            Id, Session, Guid.NewGuid(),
            [new(new TaskId("t1")), new(new TaskId("a"), AgentId), new(new TaskId("b"), gone), new(new TaskId("c"), lost), new(new TaskId("d"))]), Scheduler);
        Next<RegisterFramework>(Allocator, register => register.Agents.Contains(gone) && register.Agents.Contains(lost));
        Framework.Tell(new FrameworkRegistered(
            Id, new Epoch(1), null, [Registered, new AgentStanding(gone, AgentState.Gone), new AgentStanding(lost, AgentState.Unreachable, Since: DateTimeOffset.UnixEpoch)]), Allocator);

        var answers = new Dictionary<string, TaskState>();
        while (answers.Count < 5)
        {
            foreach (var update in Next<UpdatesReceived>(Scheduler).Updates)
            {
                Assert.Equal((TaskReason.Reconciliation, null), (update.Reason, update.Uuid));
                answers[update.TaskId.Value] = update.State;
            }
        }

        Assert.Equal(TaskState.Staging, answers["t1"]);
        Assert.Equal(TaskState.Gone, answers["a"]);
        Assert.Equal(TaskState.GoneByOperator, answers["b"]);
        Assert.Equal(TaskState.Unreachable, answers["c"]);
        Assert.Equal(TaskState.Unknown, answers["d"]);
    }
}
