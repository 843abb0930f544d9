using ActorScheduler.Master.Offers;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Master.Specs.Offers;

public sealed class AnnouncedTasksSpecs
{
    private static readonly AgentId Id = new("agent-1");
    private static readonly Guid Incarnation = Guid.NewGuid();
    private readonly AnnouncedTasks _announced = new();

    [Fact]
    public void A_registration_without_pages_is_complete_by_itself() =>
        Assert.Equal(["a"], Names(_announced.Complete(Registration(pages: 0, "a"))));

    [Fact]
    public void All_pages_and_the_registration_are_one_statement()
    {
        Add(0, "a", "b");
        Add(1, "c");

        Assert.Equal(["a", "b", "c", "d"], Names(_announced.Complete(Registration(pages: 2, "d"))));
        Assert.Equal(0, _announced.Count);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1)]
    [InlineData(1, 0)]
    [InlineData(0, 1, 1)]
    [InlineData(0)]
    public void With_a_page_that_is_lost_or_out_of_order_nothing_is_complete_and_nothing_kept(params int[] pages)
    {
        foreach (int page in pages)
            Add(page, $"{page}");

        Result<RegisterAgent> result = _announced.Complete(Registration(pages: 2, "last"));

        Assert.False(result.TryGet(out _, out Problem? problem));
        Assert.Equal("tasks", problem.Field);
        Assert.Equal(0, _announced.Count);
    }

    [Fact]
    public void The_first_page_begins_anew()
    {
        Add(0, "a");
        Add(0, "a");
        Add(1, "b");

        Assert.Equal(["a", "b", "c"], Names(_announced.Complete(Registration(pages: 2, "c"))));
    }

    [Fact]
    public void Pages_of_another_statement_do_not_count()
    {
        Add(0, "a");

        Assert.False(_announced.Complete(Registration(pages: 1, "b") with { Statement = 8 }).IsOk);
        Add(0, "a");
        Assert.False(_announced.Complete(Registration(pages: 1, "b") with { Incarnation = Guid.NewGuid() }).IsOk);
    }

    [Fact]
    public void An_agent_that_names_tasks_without_end_is_not_kept()
    {
        string[] many = [.. Enumerable.Range(0, AnnouncedTasks.MostTasks / 2).Select(static i => $"{i}")];
        Add(0, many);
        Add(1, many);
        Assert.Equal(1, _announced.Count);

        Add(2, "one too many");

        Assert.Equal(0, _announced.Count);
        Assert.False(_announced.Complete(Registration(pages: 3, "last")).IsOk);
    }

    [Fact]
    public void What_nobody_goes_on_with_is_forgotten()
    {
        Add(0, "a");

        _announced.Forget(since: TimeSpan.Zero);
        Assert.Equal(1, _announced.Count);
        _announced.Forget(since: TimeSpan.FromSeconds(1));
        Assert.Equal(0, _announced.Count);
    }

    private static IEnumerable<string> Names(Result<RegisterAgent> result) => result.Value.Tasks.Select(static task => task.Task.Id.Value);

    private static RegisterAgent Registration(int pages, params string[] tasks) => new(
        Id, Incarnation, ActorRefs.Nobody, Node: null, new AgentInfo(Id, "host"), Resources.Empty, [.. tasks.Select(Held)], Decision: 0, IsDegraded: false,
        Statement: 7, pages);

    private static HeldTask Held(string id) => new(new FrameworkId("f"), "eng", new TaskSketch(new TaskId(id), Resources.Of(cpus: 1)), TaskState.Running);

    private void Add(int page, params string[] tasks) => _announced.Add(new AnnounceTasks(Id, Incarnation, 7, page, [.. tasks.Select(Held)]), TimeSpan.Zero);
}
