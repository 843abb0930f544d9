using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Agent.Specs;

public sealed class DecisionSpecs : AgentSpec
{
    private static readonly Resources Reserved = Resources.Of(cpus: 1).PushReservation(Reservation.Dynamic("eng"));

    [Fact]
    public void A_decision_is_carried_out_once_however_often_it_comes_also_after_a_crash()
    {
        var reserve = new AgentDecision.Operate(3, new Operation.Reserve(Reserved));
        Begin();
        Register(reserve);
        Assert.Null(Next<DecisionCarriedOut>(Allocator).Problem);
        Agent.Tell(new CarryOut(Id, Epoch, [reserve]));
        Next<DecisionCarriedOut>(Allocator);
        Crash();

        RegisterAgent register = Register(reserve);

        Assert.Equal((3, Reserved), (register.Decision, register.Total.ReservedTo("eng")));
    }

    [Fact]
    public void What_cannot_be_done_is_told_and_not_tried_again()
    {
        Begin();
        Register(new AgentDecision.Operate(1, new Operation.Unreserve(Reserved)));

        Assert.Equal("resources", Next<DecisionCarriedOut>(Allocator).Problem?.Field);
        Agent.Tell(new RegisterAgain(Id, Epoch));
        Assert.Equal(1, Next<RegisterAgent>(Allocator, register => register.Decision == 1).Decision);
    }

    [Fact]
    public void A_drain_ends_all_tasks_and_takes_no_more_until_the_agent_is_reactivated()
    {
        Begin();
        Register();
        Launch(Given.Task("a"));
        Keep("a", TaskState.Running);
        Agent.Tell(new CarryOut(Id, Epoch, [new AgentDecision.Drain(1, TimeSpan.Zero)]));
        Assert.Equal(TaskReason.AgentDraining, Keep("a", TaskState.Killed).Reason);

        Crash();
        Register();
        Launch(Given.Task("b"));
        Assert.Equal(TaskReason.AgentDraining, Keep("b", TaskState.Dropped).Reason);

        Agent.Tell(new CarryOut(Id, Epoch, [new AgentDecision.Reactivate(2)]));
        Launch(Given.Task("c"));
        Keep("c", TaskState.Running);
    }

    [Fact]
    public void A_drain_that_a_crash_interrupts_goes_on()
    {
        Begin();
        Register();
        Launch(Given.Task("a", 1, null, ("simulate.hang", "")));
        Keep("a", TaskState.Running);
        Agent.Tell(new CarryOut(Id, Epoch, [new AgentDecision.Drain(1, TimeSpan.FromSeconds(1))]));
        Next<DecisionCarriedOut>(Allocator);
        Crash();
        Register();

        Assert.Equal(TaskReason.AgentDraining, Keep("a", TaskState.Killed).Reason);
    }
}
