namespace ActorScheduler.Model.Specs.Tasks;

public sealed class TaskRulesSpecs
{
    private static readonly TaskInfo Good = new() { Id = new TaskId("t"), Resources = Resources.Of(cpus: 1), Command = new CommandInfo("true") };

    [Fact]
    public void A_program_of_the_frameworks_own_as_executor_is_refused_by_the_name_of_its_field()
    {
        var custom = new ExecutorInfo(new ExecutorId("e"), Resources.Of(cpus: 0.1), ExecutorKind.Custom, new CommandInfo("./my-executor"));

        foreach (TaskInfo task in new[] { Good, Good with { Command = null } })
        {
            Problem problem = TaskRules.Check(task with { Executor = custom })!;
            Assert.Equal("executor.type", problem.Field);
            Assert.Contains("CUSTOM", problem.Reason, StringComparison.Ordinal);
        }
        Assert.Null(TaskRules.Check(Good with { Executor = custom with { Kind = ExecutorKind.Default, Command = null } }));
    }

    [Fact]
    public void A_task_that_says_nothing_of_what_to_run_is_refused() => Assert.Equal("command", TaskRules.Check(Good with { Command = null })!.Field);
}
