using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Configuration;

namespace ActorScheduler.Agent.Specs;

public sealed class UpdateSpecs : AgentSpec
{
    public UpdateSpecs()
        : base(ConfigurationFactory.ParseString("actorscheduler.agent.updates-per-message = 5"))
    {
        Begin();
        Register();
    }

    [Fact]
    public void Updates_are_repeated_until_they_are_kept_with_what_has_come_since()
    {
        Launch(Given.Task("a"));
        TaskUpdate first = Assert.Single(Next<ReportUpdates>(Frameworks).Updates);
        Assert.Equal(first.Uuid, Next<ReportUpdates>(Frameworks).Updates[0].Uuid);
        Agent.Tell(new EndTask(Given.FrameworkId, Id, new TaskId("a"), null, null), Frameworks);

        var reports = Next<ReportUpdates>(Frameworks, reports => reports.Updates.Count == 3);

        Assert.Equal([TaskState.Running, TaskState.Killing, TaskState.Killed], reports.Updates.Select(status => status.State));
        Keep(reports);
        AwaitAssert(() => Assert.Empty(Held()));
    }

    [Fact]
    public void Many_updates_come_in_several_messages_in_order()
    {
        Launch([.. Enumerable.Range(0, 100).Select(i => Given.Task($"t{i}", 0.01, run: 0))]);
        var told = new Dictionary<TaskId, List<TaskState>>();
        while (told.Count < 100 || told.Values.Any(static states => states.Count < 2))
        {
            var reports = Next<ReportUpdates>(Frameworks);
            Assert.InRange(reports.Updates.Count, 1, 5);
            foreach (TaskUpdate status in reports.Updates)
            {
                if (!told.TryGetValue(status.TaskId, out List<TaskState>? states))
                    told[status.TaskId] = states = [];
                states.Add(status.State);
            }
            Keep(reports);
        }

        Assert.All(told.Values, static states => Assert.Equal([TaskState.Running, TaskState.Finished], states));
    }

    [Fact]
    public void After_a_crash_it_goes_on_with_what_it_owed_and_with_the_same_containers()
    {
        Launch(Given.Task("done", run: 0), Given.Task("runs"));
        var before = Next<ReportUpdates>(Frameworks, reports => reports.Updates.Count == 3);
        Crash();
        Register();

        var after = Next<ReportUpdates>(Frameworks);

        Assert.Equal(before.Updates.Select(status => status.Uuid), after.Updates.Select(status => status.Uuid));
        Keep(after);
        Agent.Tell(new EndTask(Given.FrameworkId, Id, new TaskId("runs"), null, null), Frameworks);
        Keep("runs", TaskState.Killed);
        Assert.Equal(2, Containers.Starts.Count);
        AwaitAssert(() => Assert.Equal(2, Containers.Removed.Count));
    }

    [Fact]
    public void A_kill_that_was_asked_for_before_a_crash_holds_after_it()
    {
        Launch(Given.Task("a", 1, null, ("simulate.hang", "")));
        Keep("a", TaskState.Running);
        Agent.Tell(new EndTask(Given.FrameworkId, Id, new TaskId("a"), TimeSpan.FromSeconds(1), TaskReason.ContainerPreempted), Frameworks);
        Keep("a", TaskState.Killing);
        Crash();
        Register();

        Assert.Equal(TaskReason.ContainerPreempted, Keep("a", TaskState.Killed).Reason);
    }
}
