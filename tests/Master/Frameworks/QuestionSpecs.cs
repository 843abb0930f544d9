using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Master.Specs.Frameworks;

/// <summary>What an agent has, asked when it registers anew, and answered in pages.</summary>
public sealed class QuestionSpecs : FrameworkSpec
{
    [Fact]
    public void What_is_on_no_page_is_gone_once_the_last_has_come()
    {
        AskForTasks question = AskAbout("t1", "t2", "t3");

        Tell(question, page: 0, isLast: false, "t1");
        Tell(question, page: 1, isLast: false, "adopted");
        AwaitAssert(() => Assert.Contains(Snapshot().Tasks, static task => task.Task.Id.Value == "adopted"));
        Assert.DoesNotContain(Snapshot().Tasks, static task => task.Status.State == TaskState.Gone);
        Tell(question, page: 2, isLast: true, "t3");

        NextUpdate("t2", TaskState.Gone);
        Assert.Equal(["adopted", "t1", "t3"], Snapshot().Tasks.Where(static task => task.Status.State == TaskState.Running).Select(static task => task.Task.Id.Value));
    }

    [Fact]
    public void When_a_page_is_lost_it_is_asked_again_and_the_old_answer_counts_no_more()
    {
        AskForTasks question = AskAbout("t1", "t2");

        Tell(question, page: 1, isLast: true, "t2");
        AskForTasks again = Next<AskForTasks>(Agent, ask => ask.Question > question.Question);
        Tell(question, page: 0, isLast: true);
        Tell(again, page: 0, isLast: false, "t1");
        Tell(again, page: 1, isLast: true, "t2");
        Framework.Tell(new KillTask(Id, Session, Guid.NewGuid(), new TaskId("t1")), Scheduler);

        Assert.Equal("t1", Next<EndTask>(Agent).TaskId.Value);
        Assert.All(Snapshot().Tasks, static task => Assert.Equal(TaskState.Running, task.Status.State));
    }

    [Fact]
    public void An_agent_that_does_not_answer_is_asked_again_until_it_does()
    {
        AskForTasks question = AskAbout("t1");

        AskForTasks? again = Next<AskForTasks>(Agent, ask => ask.Question > question.Question);
        // On a slow machine the next question may be on its way before the answer is there.
        for (int answers = 0; again is not null; answers++)
        {
            Assert.True(answers < 10, "it is asked although it has answered");
            Tell(again, page: 0, isLast: true, "t1");
            again = Agent.ReceiveOne(TimeSpan.FromSeconds(1)) as AskForTasks;
        }
    }

    [Fact]
    public void A_page_of_tasks_is_cut_where_it_would_not_fit_into_a_message()
    {
        Subscribe();
        Launch([.. Enumerable.Range(0, 3).Select(static i => Task($"t{i}") with { Data = new byte[600_000] })]);

        FrameworkSnapshot first = Snapshot();
        Framework.Tell(new GetFramework(Id, first.Tasks[^1].Task.Id), TestActor);
        FrameworkSnapshot second = ExpectMsg<FrameworkSnapshot>();

        Assert.Equal((1, true), (first.Tasks.Count, first.HasMore));
        Assert.Equal(("t1", true), (second.Tasks[0].Task.Id.Value, second.HasMore));
    }

    [Theory]
    [InlineData("web-1", null, "web-1 web-10")]
    [InlineData(null, "another", "")]
    [InlineData("w", "", "web-1 web-10 web-2")]
    public void Tasks_are_listed_by_what_their_ids_begin_with_and_by_agent(string? prefix, string? agent, string expected)
    {
        Subscribe();
        Launch(Task("web-2"), Task("web-10"), Task("db-1"), Task("web-1"));

        Framework.Tell(new GetFramework(Id, Prefix: prefix, AgentId: agent is null ? null : agent.Length > 0 ? new AgentId(agent) : AgentId), TestActor);

        Assert.Equal(expected, string.Join(' ', ExpectMsg<FrameworkSnapshot>().Tasks.Select(static task => task.Task.Id.Value)));
    }

    /// <summary>Tasks that run, and an agent that has registered anew and is asked for them.</summary>
    private AskForTasks AskAbout(params string[] tasks)
    {
        Subscribe();
        Launch([.. tasks.Select(static task => Task(task))]);
        Report([.. tasks.Select(static task => Status(task, TaskState.Running))]);
        foreach (string task in tasks)
            Acknowledge(NextUpdateOf(task));
        Framework.Tell(new AgentStandingChanged(Id, new Epoch(1), Registered with { Registration = 2 }), Allocator);
        return Next<AskForTasks>(Agent);
    }

    private TaskUpdate NextUpdateOf(string task)
    {
        AwaitAssert(() => Assert.Contains(Snapshot().Tasks, known => known.Task.Id.Value == task && known.Status.State == TaskState.Running));
        return Snapshot().Tasks.Single(known => known.Task.Id.Value == task).Status;
    }

    private void Tell(AskForTasks question, int page, bool isLast, params string[] tasks) => Framework.Tell(
        new TasksHeld(Id, AgentId, Agent, question.Question, [.. tasks.Select(static task => new TaskOnAgent(Task(task), "eng", Status(task, TaskState.Running)))], page, isLast),
        Agent);
}
