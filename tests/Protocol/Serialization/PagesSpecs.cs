using ActorScheduler.Model;
using ActorScheduler.Protocol.Serialization;

namespace ActorScheduler.Protocol.Specs.Serialization;

public sealed class PagesSpecs
{
    [Fact]
    public void What_fits_is_one_page_also_when_it_is_nothing()
    {
        TaskSketch[] tasks = Tasks(10);

        Assert.Same(tasks, Assert.Single(Pages.Of(tasks)));
        Assert.Empty(Assert.Single(Pages.Of<TaskSketch>([])));
    }

    [Fact]
    public void Pages_hold_everything_in_order_and_none_is_too_large()
    {
        TaskSketch[] tasks = Tasks(1000);

        IReadOnlyList<IReadOnlyList<TaskSketch>> pages = Pages.Of(tasks, mostBytes: 5000);

        Assert.Equal(tasks, pages.SelectMany(static page => page));
        Assert.All(pages, static page => Assert.InRange(WireSize.OfAll(page), 1, 5000));
        Assert.Equal(pages[0], Pages.First(tasks, mostBytes: 5000));
    }

    [Fact]
    public void What_is_too_large_by_itself_has_a_page_of_its_own()
    {
        TaskSketch[] tasks = [.. Tasks(3), new TaskSketch(new TaskId(new string('x', 10_000)), Resources.Of(cpus: 1)), .. Tasks(3)];

        Assert.Equal([3, 1, 3], Pages.Of(tasks, mostBytes: 5000).Select(static page => page.Count));
        Assert.Single(Pages.First(tasks[3..], mostBytes: 5000));
    }

    [Fact]
    public void Sizes_are_those_of_messages()
    {
        using var system = Akka.Actor.ActorSystem.Create("sizes");
        var serializer = new ProtocolSerializer((Akka.Actor.ExtendedActorSystem)system);
        HeldTask[] tasks = [.. Tasks(1000).Select(static task => new HeldTask(new FrameworkId("f"), "eng", task, TaskState.Running))];

        int size = serializer.ToBinary(new AnnounceTasks(new AgentId("a"), Guid.NewGuid(), 1, 1, tasks)).Length;

        Assert.InRange(size - WireSize.OfAll(tasks), 1, 50);
    }

    private static TaskSketch[] Tasks(int count) => [.. Enumerable.Range(0, count).Select(static i => new TaskSketch(new TaskId($"task-{i}"), Resources.Of(cpus: 1, mem: i)))];
}
