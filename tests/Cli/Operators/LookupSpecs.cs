using ActorScheduler.Cli.Operators;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Specs.Operators;

public sealed class LookupSpecs
{
    [Fact]
    public void An_exact_name_stands_over_those_that_begin_so()
    {
        Assert.Equal("web", Find("web", "web", "web-1", "web-2"));
        Assert.Equal("web-1", Find("web-", "web-1", "db-1"));
        Assert.Null(Find("x", "web-1"));
        Assert.Null(Find("", "web-1"));
    }

    [Fact]
    public void What_could_be_several_lists_them()
    {
        var problem = Assert.Throws<AschedException>(() => Find("web", "web-1", "web-2", "db"));

        Assert.Equal("TASK: 'web' could be web-1, web-2", problem.Message);
        Assert.EndsWith("or 2 more", Assert.Throws<AschedException>(() => Find("t", [.. Enumerable.Range(0, 12).Select(static i => $"t{i}")])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_of_both_a_framework_and_a_task_means_the_one_that_has_exactly_this_name_or_both()
    {
        FrameworkSummary[] frameworks = [Framework("f1", "web"), Framework("f2", "db")];
        FoundTask[] tasks = [Task("f1", "web-1"), Task("f2", "db"), Task("f2", "old", hasEnded: true), Task("f2", "f"), Task("f2", "f1-task")];

        Assert.Equal(("f1", null), Meant("web"));
        Assert.Equal((null, "f1/web-1"), Meant("web-1"));
        Assert.Equal(("f2", "f2/db"), Meant("db"));
        Assert.Equal((null, "f2/old"), Meant("ol"));
        Assert.Equal((null, "f2/f"), Meant("f"));
        Assert.Equal(("f1", null), Meant("f1"));
        Assert.StartsWith("NAME: there is no framework or task 'x'", Assert.Throws<AschedException>(() => Meant("x")).Message, StringComparison.Ordinal);
        Assert.Equal(
            "NAME: 'f' could be framework f1 (web), framework f2 (db), task f2/f1-task",
            Assert.Throws<AschedException>(() => TaskLookup.FrameworkOrTask(frameworks, [Task("f2", "f1-task")], "f")).Message);

        (string?, string?) Meant(string name)
        {
            (FrameworkSummary? framework, FoundTask? task) = TaskLookup.FrameworkOrTask(frameworks, tasks, name);
            return (framework?.Id.Value, task?.ToString());
        }
    }

    [Fact]
    public void A_list_goes_on_after_its_last_task()
    {
        TaskCursor all = TaskCursor.Parse("f2/t1", isAlone: false).Value, one = TaskCursor.Parse("t1", isAlone: true).Value;

        Assert.Equal([false, true, true], new[] { "f1", "f2", "f3" }.Select(id => all.Comes(new FrameworkId(id))));
        Assert.Equal((new TaskId("t1"), null), (all.Within(new FrameworkId("f2")), all.Within(new FrameworkId("f3"))));
        Assert.True(one.Comes(new FrameworkId("f1")));
        Assert.Equal(new TaskId("t1"), one.Within(new FrameworkId("f1")));
        Assert.Equal(new TaskId("t1"), TaskCursor.Parse("f2/t1", isAlone: true).Value.TaskId);
        Assert.Equal("--after: 't1' must be written FRAMEWORK/TASK where no FRAMEWORK is named", $"{TaskCursor.Parse("t1", isAlone: false).Problem}");
        Assert.Equal("--after: must not be empty", $"{TaskCursor.Parse("f2/", isAlone: false).Problem}");
    }

    [Fact]
    public void Processors_are_measured_between_two_looks_at_one_run()
    {
        UsageRead first = Look("r1", 0, 1), later = Look("r1", 2, 1.5);

        Assert.Equal(0.25, UsageSample.CpusBetween(first, later));
        Assert.Null(UsageSample.CpusBetween(null, later));
        Assert.Null(UsageSample.CpusBetween(first with { RunId = "r0" }, later));
        Assert.Null(UsageSample.CpusBetween(first, later with { ProcessorTime = null }));
        Assert.Null(UsageSample.CpusBetween(later, later));
    }

    private static string? Find(string name, params string[] names) => TaskLookup.Best(names, name, static text => text, "TASK", name);

    private static FrameworkSummary Framework(string id, string name) =>
        new(new FrameworkId(id), new FrameworkInfo { Name = name }, true, Resources.Empty, Resources.Empty, 0);

    private static FoundTask Task(string framework, string id, bool hasEnded = false) => new(
        new FrameworkId(framework), "", new TaskSummary(
            new TaskInfo { Id = new TaskId(id), Resources = Resources.Empty }, new AgentId("s"), "*", new(new TaskId(id), TaskState.Running, TaskSource.Agent)), hasEnded);

    private static UsageRead Look(string run, double at, double used) => new(
        new FrameworkId("f"), run, DateTimeOffset.UnixEpoch.AddSeconds(at), TimeSpan.FromSeconds(used), null, null, null, null, null, null);
}
