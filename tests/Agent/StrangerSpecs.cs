using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent.Specs;

/// <summary>Containers that run and that the agent's checkpoint does not know.</summary>
public sealed class StrangerSpecs : AgentSpec
{
    public StrangerSpecs()
    {
        Begin();
        Register();
        Launch(Given.Task("a"));
        Keep("a", TaskState.Running);
    }

    [Fact]
    public async Task One_of_an_older_checkpoint_is_adopted_before_the_agent_says_what_it_has()
    {
        await GoBack();

        RegisterAgent register = Register();

        HeldTask held = Assert.Single(register.Tasks);
        Assert.Equal(("a", "eng", Given.Host), (held.Task.Id.Value, held.Role, register.Total));
        TaskUpdate adopted = Keep("a", TaskState.Running);
        Assert.Equal((TaskSource.Agent, TaskReason.AgentReregistered), (adopted.Source, adopted.Reason));
        Agent.Tell(new EndTask(Given.FrameworkId, Id, new TaskId("a"), TimeSpan.Zero, null), Frameworks);
        Keep("a", TaskState.Killed);
        Assert.Single(Containers.Starts);
    }

    [Fact]
    public async Task An_adopted_one_is_durable_like_any_other()
    {
        await GoBack();
        Register();
        Keep("a", TaskState.Running);

        Crash();

        Assert.Equal("a", Assert.Single(Register().Tasks).Task.Id.Value);
        Assert.Single(Containers.Starts);
    }

    [Fact]
    public async Task One_that_ended_meanwhile_is_removed()
    {
        await Containers.Stop(Containers.Starts.Single(), TimeSpan.Zero, default);
        await GoBack();

        Assert.Empty(Register().Tasks);
        AwaitAssert(() => Assert.Equal(Containers.Starts, Containers.Removed));
    }

    [Fact]
    public async Task One_that_does_not_fit_goes_on_and_what_it_takes_is_offered_to_nobody_until_it_has_ended()
    {
        // It takes 1 cpu and 32 MiB, and the agent has less than a cpu now.
        var less = Resources.Of(cpus: 0.5, mem: 100);
        await GoBack(less);
        RegisterAgent register = Register();
        Assert.Equal(Resources.Of(mem: 68), register.Total);
        Assert.Empty(register.Tasks);
        Launch(Given.Task("b", 0.1));
        Assert.Equal("resources: the agent has mem:68 left, not cpus:0.1;mem:32", Keep("b", TaskState.Dropped).Message);
        Assert.Empty(Containers.Removed);

        await Containers.Stop(Containers.Starts.Single(), TimeSpan.Zero, default);

        Next<RegisterAgent>(Allocator, register => register.Total.Equals(less));
        AwaitAssert(() => Assert.Equal(Containers.Starts, Containers.Removed));
    }

    [Fact]
    public async Task Another_run_of_a_task_that_is_known_is_set_aside()
    {
        Containers.HidesContainers = true;
        await GoBack();
        Register();
        Launch(Given.Task("a"));
        Keep("a", TaskState.Running);
        Containers.HidesContainers = false;

        Crash();

        RegisterAgent register = Register();
        Assert.Equal("a", Assert.Single(register.Tasks).Task.Id.Value);
        Assert.Equal(Given.Host.Subtract(Given.Task("a").Resources), register.Total);
        Assert.Empty(Containers.Removed);
    }

    /// <summary>The agent begins anew with a checkpoint from before all launches.</summary>
    private async Task GoBack(Resources? resources = null)
    {
        Resources all = resources ?? Given.Host;
        End();
        Checkpoint = new MemoryCheckpoint();
        await Checkpoint.Save([new CheckpointChange.Identify(new AgentIdentity(Id, 0, all, all))]);
        Registration++;
        Begin(resources);
    }
}
