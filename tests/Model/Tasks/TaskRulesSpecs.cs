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
    public void A_program_without_a_name_is_refused_and_none_is_what_the_image_says()
    {
        Assert.Equal("command.value", TaskRules.Check(Good with { Command = new CommandInfo("", Shell: false) })?.Field);
        Assert.Null(TaskRules.Check(Good with { Command = new CommandInfo(null, Shell: false), Container = new ContainerInfo("web") }));
    }

    /// <summary>Each text that a program, a file or an engine is given, with a NUL, which ends a text early there.</summary>
    public static TheoryData<string, TaskInfo> Nuls => new()
    {
        { "command.value", Good with { Command = new CommandInfo("a\0b") } },
        { "command.arguments[1]", Good with { Command = new CommandInfo("a", ["a", "b\0c"], Shell: false) } },
        { "command.user", Good with { Command = new CommandInfo("a", User: "root\0x") } },
        { "command.environment", Good with { Command = new CommandInfo("a", Environment: new Dictionary<string, string> { ["A\0B"] = "c" }) } },
        { "command.environment.A", Good with { Command = new CommandInfo("a", Environment: new Dictionary<string, string> { ["A"] = "b\0c" }) } },
        { "command.uris[0].output_file", Good with { Command = new CommandInfo("a", Artifacts: [new Artifact("http://a/b", OutputFile: "c\0d")]) } },
        { "health_check.command.arguments[0]", Good with { HealthCheck = new HealthCheck { Probe = new HealthProbe.Command(new CommandInfo("a", ["\0"], Shell: false)) } } },
        { "check.command.value", Good with { Check = new HealthCheck { Probe = new HealthProbe.Command(new CommandInfo("\0")) } } },
        { "health_check.http.path", Good with { HealthCheck = new HealthCheck { Probe = new HealthProbe.Http(80, "/\0") } } },
        { "container.image", Good with { Container = new ContainerInfo("web\0") } },
        { "container.network_name", Good with { Container = new ContainerInfo("web", ContainerNetwork.User, "net\0") } },
        { "container.hostname", Good with { Container = new ContainerInfo("web", Hostname: "h\0") } },
        { "container.parameters[0].key", Good with { Container = new ContainerInfo("web", Parameters: [new ContainerParameter("env\0", "a")]) } },
        { "container.parameters[0].value", Good with { Container = new ContainerInfo("web", Parameters: [new ContainerParameter("env", "a\0b")]) } },
        { "container.volumes[0].container_path", Good with { Container = new ContainerInfo("web", Volumes: [new Volume("/a\0")]) } },
        { "executor.command.arguments[0]", Good with { Executor = new ExecutorInfo(new ExecutorId("e"), Resources.Of(cpus: 0.1), ExecutorKind.Default, new CommandInfo("a", ["\0"], Shell: false)) } },
    };

    [Theory]
    [MemberData(nameof(Nuls))]
    public void A_NUL_is_refused_by_the_name_of_its_field(string field, TaskInfo task) => Assert.Equal(field, TaskRules.Check(task)?.Field);

    [Fact]
    public void A_task_that_says_nothing_of_what_to_run_is_refused() => Assert.Equal("command", TaskRules.Check(Good with { Command = null })!.Field);
}
