using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent.Specs;

/// <summary>What runs containers does not answer for a while.</summary>
public sealed class DegradedSpecs : AgentSpec
{
    public DegradedSpecs()
    {
        Begin();
        Register();
    }

    [Theory]
    [InlineData(nameof(EngineMood.Refuses))]
    [InlineData(nameof(EngineMood.Hangs))]
    public void Tasks_stay_as_they_were_while_the_engine_is_away_and_are_looked_at_when_it_is_back(string mood)
    {
        Launch(Given.Task("stays"), Given.Task("ends", run: 1));
        Keep("stays", TaskState.Running);
        Containers.Mood = Enum.Parse<EngineMood>(mood);
        ReportDegraded report = Next<ReportDegraded>(Allocator);
        Assert.True(report.IsDegraded);
        Assert.StartsWith("faulty: ", report.Reason, StringComparison.Ordinal);
        Agent.Tell(new EndTask(Given.FrameworkId, Id, new TaskId("stays"), TimeSpan.Zero, null), Frameworks);
        // The agent itself begins anew meanwhile.
        Crash();
        if (!Register().IsDegraded)
            Next<ReportDegraded>(Allocator, static report => report.IsDegraded);
        Assert.DoesNotContain(Held(), static task => task.Status.State.IsTerminal() && task.Task.Id.Value == "stays");

        Containers.Mood = EngineMood.Well;

        Next<ReportDegraded>(Allocator, static report => !report.IsDegraded);
        Keep("stays", TaskState.Killed);
        AwaitAssert(
            () =>
            {
                while (Frameworks.HasMessages)
                {
                    if (Frameworks.ReceiveOne(TimeSpan.Zero) is ReportUpdates reports)
                        Keep(reports);
                }
                Assert.Equal(2, Containers.Removed.Distinct().Count());
            },
            TimeSpan.FromSeconds(5));
        Assert.Equal(2, Containers.Starts.Count);
    }

    [Fact]
    public void A_launch_is_refused_while_the_engine_is_away_and_taken_when_it_is_back()
    {
        Containers.Mood = EngineMood.Refuses;
        Next<ReportDegraded>(Allocator);
        Launch(Given.Task("early"));

        Assert.Equal("container: faulty does not work on this agent just now: the engine is not there", Keep("early", TaskState.Dropped).Message);
        Containers.Mood = EngineMood.Well;
        Next<ReportDegraded>(Allocator, static report => !report.IsDegraded);
        Launch(Given.Task("late"));
        Keep("late", TaskState.Running);
    }

    [Fact]
    public void A_start_that_the_engine_did_not_answer_is_no_failure_of_the_task()
    {
        Containers.Faults["Start"] = 1;
        Containers.Faults["Probe"] = 1;
        Launch(Given.Task("a"));

        Keep("a", TaskState.Running);
        Assert.Single(Containers.Starts);
    }

    [Fact]
    public void One_slow_answer_is_no_trouble()
    {
        Containers.Faults["Probe"] = 1;
        AwaitCondition(() => Containers.Faults["Probe"] == 0);
        Launch(Given.Task("a"));

        Keep("a", TaskState.Running);
        while (Allocator.HasMessages)
            Assert.IsNotType<ReportDegraded>(Allocator.ReceiveOne(TimeSpan.Zero));
    }
}
