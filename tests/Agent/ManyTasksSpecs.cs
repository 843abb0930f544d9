using System.Globalization;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Serialization;
using Akka.Actor;

namespace ActorScheduler.Agent.Specs;

/// <summary>What an agent says of more tasks than fit into one message.</summary>
public sealed class ManyTasksSpecs : AgentSpec
{
    private const int Tasks = 40;

    // Forty of them are too much for one page.
    private static readonly string Long = new('x', 40_000);

    [Fact]
    public void An_agent_announces_its_tasks_in_pages_and_says_all_of_it_again_until_it_is_answered()
    {
        BeginWithMany();
        Agent.Tell(new RegisterAgain(Id, Epoch));

        var first = Next<AnnounceTasks>(Allocator);
        var last = Next<RegisterAgent>(Allocator);
        var again = Next<AnnounceTasks>(Allocator);
        Answer(); // Of the registration before: this one is still open.

        Assert.Equal((0, 1, first.Statement, first.Incarnation), (first.Page, last.Pages, last.Statement, last.Incarnation));
        Assert.Equal(Names, [.. first.Tasks.Concat(last.Tasks).Select(static task => task.Task.Id.Value).Order(StringComparer.Ordinal)]);
        Assert.InRange(WireSize.OfAll(first.Tasks), 1, Pages.MostBytes);
        Assert.Same(first, again);
    }

    [Fact]
    public void The_answer_to_a_question_comes_in_pages_of_which_one_is_the_last()
    {
        BeginWithMany();
        Agent.Tell(new AskForTasks(Given.FrameworkId, Id, 77), Frameworks);

        var pages = new List<TasksHeld>();
        do
            pages.Add(Next<TasksHeld>(Frameworks));
        while (!pages[^1].IsLast);

        Assert.InRange(pages.Count, 2, Tasks);
        Assert.Equal(Enumerable.Range(0, pages.Count), pages.Select(static page => page.Page));
        Assert.All(pages, static page => Assert.Equal(77, page.Question));
        Assert.All(pages, static page => Assert.InRange(WireSize.OfAll(page.Tasks), 1, Pages.MostBytes));
        Assert.Equal(Names, [.. pages.SelectMany(static page => page.Tasks).Select(static task => task.Task.Id.Value).Order(StringComparer.Ordinal)]);
    }

    private static IEnumerable<string> Names => [.. Enumerable.Range(0, Tasks).Select(Name).Order(StringComparer.Ordinal)];

    // Ids carry the size: they stand in both answers.
    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"{Long}-{number}");

    private void BeginWithMany()
    {
        Begin();
        Register();
        Launch([.. Enumerable.Range(0, Tasks).Select(static number => Given.Task(Name(number), cpus: 0.01))]);
    }
}
