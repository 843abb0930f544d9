namespace ActorScheduler.Model.Specs;

public sealed class TaskStatesSpecs
{
    [Fact]
    public void Nothing_follows_a_terminal_state()
    {
        foreach (TaskState from in Enum.GetValues<TaskState>().Where(state => state.IsTerminal()))
            Assert.All(Enum.GetValues<TaskState>(), to => Assert.False(from.CanBecome(to)));
        Assert.Equal(8, Enum.GetValues<TaskState>().Count(state => state.IsTerminal()));
        Assert.False(TaskState.Unreachable.IsTerminal());
    }

    [Theory]
    [InlineData(TaskState.Staging, TaskState.Running, true)]
    [InlineData(TaskState.Staging, TaskState.Dropped, true)]
    [InlineData(TaskState.Running, TaskState.Running, true)]
    [InlineData(TaskState.Running, TaskState.Starting, false)]
    [InlineData(TaskState.Running, TaskState.Dropped, false)]
    [InlineData(TaskState.Killing, TaskState.Running, false)]
    [InlineData(TaskState.Killing, TaskState.Finished, true)]
    [InlineData(TaskState.Unreachable, TaskState.Running, true)]
    [InlineData(TaskState.Unreachable, TaskState.GoneByOperator, true)]
    [InlineData(TaskState.Running, TaskState.Unknown, false)]
    [InlineData(TaskState.Running, TaskState.Staging, false)]
    public void Transitions(TaskState from, TaskState to, bool legal) => Assert.Equal(legal, from.CanBecome(to));

    [Fact]
    public void Every_task_can_reach_an_end()
    {
        foreach (TaskState state in Enum.GetValues<TaskState>().Where(state => !state.IsTerminal() && state != TaskState.Unknown))
            Assert.Contains(Enum.GetValues<TaskState>(), to => to.IsTerminal() && state.CanBecome(to));
    }

    [Fact]
    public void Wire_names_are_those_of_mesos()
    {
        Assert.Equal("TASK_GONE_BY_OPERATOR", TaskState.GoneByOperator.WireName());
        Assert.Equal("REASON_IO_SWITCHBOARD_EXITED", TaskReason.IOSwitchboardExited.WireName());
        Assert.Equal("REASON_INVALID_FRAMEWORKID", TaskReason.InvalidFrameworkId.WireName());
        Assert.Equal("SOURCE_AGENT", TaskSource.Agent.WireName());
        Assert.Equal(35, Enum.GetValues<TaskReason>().Length);
        Assert.Equal(34, (int)TaskReason.AgentDraining);
    }

    [Fact]
    public void Frameworks_that_know_no_partitions_hear_lost() =>
        Assert.Equal(TaskState.Lost, TaskState.Unreachable.WithoutPartitionAwareness());
}
