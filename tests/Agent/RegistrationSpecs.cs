using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Agent.Specs;

public sealed class RegistrationSpecs : AgentSpec
{
    [Fact]
    public void An_agent_says_what_it_has_until_it_is_answered_and_then_that_it_is_there()
    {
        Begin();
        var first = Next<RegisterAgent>(Allocator);
        Assert.Same(first, Next<RegisterAgent>(Allocator));
        Assert.Equal((Given.Host, 0L, false), (first.Total, first.Decision, first.IsDegraded));

        Register();

        var beat = Next<AgentHeartbeat>(Allocator);
        Assert.Equal((first.AgentId, first.Incarnation, Epoch), (beat.AgentId, beat.Incarnation, beat.Epoch));
    }

    [Fact]
    public void Nobody_hears_of_its_tasks_before_it_is_registered_as_it_may_be_a_copy_of_another()
    {
        Begin();
        Register();
        Launch(Given.Task("a"));
        Keep("a", TaskState.Running);
        // Another host, where the container is not; the folder with the checkpoint was copied there.
        Containerizers = [new FaultyContainerizer()];
        Crash();
        AgentRefused refusal = new(Id, Epoch, new Problem("agent_id", "the agent on host has this id and answers"), IsFinal: false);
        Next<RegisterAgent>(Allocator, register => register.Agent.Equals(Agent));
        Agent.Tell(refusal, Allocator);
        AwaitAssert(() => Assert.True(Assert.Single(Held()).Status.State.IsTerminal()), TimeSpan.FromSeconds(60));
        Agent.Tell(refusal, Allocator);
        // It asks again, and keeps what it knows to itself.
        Next<RegisterAgent>(Allocator, register => register.Agent.Equals(Agent));
        while (Frameworks.HasMessages)
            Assert.NotEqual(Agent, (Frameworks.ReceiveOne(TimeSpan.Zero) as ReportUpdates)?.Agent);

        Register();

        Assert.True(Next<ReportUpdates>(Frameworks, reports => reports.Agent.Equals(Agent)).Updates[^1].State.IsTerminal());
    }

    [Fact]
    public void It_keeps_its_id_and_is_another_incarnation_after_a_crash()
    {
        Begin();
        RegisterAgent before = Register();
        Crash();

        RegisterAgent after = Register();

        Assert.Equal(before.AgentId, after.AgentId);
        Assert.NotEqual(before.Incarnation, after.Incarnation);
    }

    [Fact]
    public void A_new_allocator_hears_of_all_tasks()
    {
        Begin();
        Register();
        Launch(Given.Task("a"), Given.Task("b", run: 0));
        Keep("b", TaskState.Finished);

        Sys.EventStream.Publish(new AllocatorStarted(new Epoch(2), Allocator));
        Epoch = new Epoch(2);
        RegisterAgent again = Next<RegisterAgent>(Allocator, register => register.Tasks.Count == 1);

        Assert.Equal("a", Assert.Single(again.Tasks).Task.Id.Value);
        Answer();
        Assert.Equal(new Epoch(2), Next<AgentHeartbeat>(Allocator, beat => beat.Epoch == Epoch).Epoch);
    }

    [Fact]
    public void What_ended_before_is_not_released_and_what_ends_while_it_registers_is()
    {
        Begin();
        Register();
        Launch(Given.Task("before", run: 0), Given.Task("during"));
        Keep("before", TaskState.Finished);
        Assert.Equal("before", Assert.Single(Next<ReleaseResources>(Allocator).Tasks).TaskId.Value);
        (Epoch, Registration) = (new Epoch(2), 1);
        Agent.Tell(new RegisterAgain(Id, Epoch));
        Assert.Equal("during", Assert.Single(Next<RegisterAgent>(Allocator).Tasks).Task.Id.Value);
        Agent.Tell(new EndTask(Given.FrameworkId, Id, new TaskId("during"), null, null));
        Keep("during", TaskState.Killed);

        Answer();

        var release = Next<ReleaseResources>(Allocator, release => release.Epoch == Epoch);
        Assert.Equal("during", Assert.Single(release.Tasks).TaskId.Value);
    }

    [Fact]
    public void A_release_is_repeated_until_it_is_seen_and_the_next_waits_for_that()
    {
        Begin();
        Register();
        Launch(Given.Task("a", run: 0));
        var first = Next<ReleaseResources>(Allocator);
        Launch(Given.Task("b", run: 0));
        Launch(Given.Task("c", run: 0));
        Keep("c", TaskState.Finished);
        Assert.Same(first, Next<ReleaseResources>(Allocator));

        Agent.Tell(new ReleaseSeen(Id, Epoch, first.Number));

        var second = Next<ReleaseResources>(Allocator, release => release.Number > first.Number);
        Assert.Equal(["b", "c"], second.Tasks.Select(task => task.TaskId.Value).Order());
    }

    [Fact]
    public void A_repeated_answer_changes_nothing()
    {
        Begin();
        Register();
        Launch(Given.Task("a", run: 0));
        var release = Next<ReleaseResources>(Allocator);
        Answer();

        Assert.Equal(release.Number, Next<ReleaseResources>(Allocator).Number);
        Launch(Given.Task("b"));
        Keep("b", TaskState.Running);
    }

    [Fact]
    public void Who_was_entered_with_what_it_said_long_ago_registers_anew()
    {
        Begin();
        RegisterAgent first = Register();
        Registration = 5;
        Answer();

        Assert.NotEqual(first.Incarnation, Next<RegisterAgent>(Allocator, register => register.Incarnation != first.Incarnation).Incarnation);
    }

    [Fact]
    public void A_final_refusal_ends_what_it_runs_and_is_published()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(AgentEnded));
        Begin();
        Register();
        Launch(Given.Task("a"));
        Keep("a", TaskState.Running);

        Agent.Tell(new AgentRefused(Id, Epoch, new Problem("agent_id", "was declared gone"), IsFinal: true));

        Assert.Equal(Id, ExpectMsg<AgentEnded>().AgentId);
        Assert.Equal(TaskReason.AgentRemovedByOperator, Keep("a", TaskState.Killed).Reason);
    }

    [Fact]
    public void It_leaves_in_good_order_and_its_containers_go_on()
    {
        Begin();
        RegisterAgent register = Register();
        Launch(Given.Task("a"));
        Keep("a", TaskState.Running);

        Agent.Tell(Leave.Instance);

        Assert.Equal(register.Incarnation, Next<LeaveCluster>(Allocator).Incarnation);
        FishForMessage(static message => message is Left);
        Assert.Equal(TaskState.Running, Assert.Single(Held()).Status.State);
        Assert.Empty(Containers.Graces);
    }

    [Fact]
    public void Resources_that_do_not_hold_what_is_reserved_end_the_agent_with_the_reason()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(AgentEnded));
        Begin();
        Register(new AgentDecision.Operate(1, new Operation.Reserve(Resources.Of(cpus: 3).PushReservation(Reservation.Dynamic("eng")))));
        Next<DecisionCarriedOut>(Allocator);
        Watch(Agent);
        Agent.Tell(PoisonPill.Instance);
        ExpectTerminated(Agent);

        Begin(Resources.Of(cpus: 2));

        AgentEnded ended = ExpectMsg<AgentEnded>();
        Assert.Equal(("resources", false), (ended.Problem.Field, ended.IsRefused));
    }
}
