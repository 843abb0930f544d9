using System.Text.Json;
using ActorScheduler.Model;
using ActorScheduler.Protocol.Serialization;

namespace ActorScheduler.Protocol.Specs;

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
        Assert.All(pages, static page => Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(page, ScheduleJson.Plain).Length, 1, 5002));
        Assert.Equal(pages[0], Pages.First(tasks, mostBytes: 5000));
    }

    [Fact]
    public void What_is_too_large_by_itself_has_a_page_of_its_own()
    {
        TaskSketch[] tasks = [.. Tasks(3), new TaskSketch(new TaskId(new string('x', 10_000)), Resources.Of(cpus: 1)), .. Tasks(3)];

        Assert.Equal([3, 1, 3], Pages.Of(tasks, mostBytes: 5000).Select(static page => page.Count));
        Assert.Single(Pages.First(tasks[3..], mostBytes: 5000));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("\"quoted\" <b> ü 漢 \\ \n")]
    public void Sizes_are_those_of_messages(string name)
    {
        var task = new TaskInfo { Id = new TaskId("t"), Name = name, Resources = Resources.Of(cpus: 1), Data = new byte[100_000] };

        Assert.Equal(JsonSerializer.SerializeToUtf8Bytes(task, ScheduleJson.Plain).Length, WireSize.Of(task));
    }

    private static TaskSketch[] Tasks(int count) => [.. Enumerable.Range(0, count).Select(static i => new TaskSketch(new TaskId($"task-{i}"), Resources.Of(cpus: 1, mem: i)))];
}
