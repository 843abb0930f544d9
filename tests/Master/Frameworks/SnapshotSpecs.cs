using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Configuration;

namespace ActorScheduler.Master.Specs.Frameworks;

public sealed class SnapshotSpecs() : FrameworkSpec(ConfigurationFactory.ParseString("actorscheduler.frameworks.snapshot-every = 5"))
{
    [Fact]
    public void A_book_from_a_snapshot_and_later_facts_is_the_book_before()
    {
        Subscribe();
        foreach (int i in Enumerable.Range(0, 20))
        {
            Launch(Task($"t{i}"));
            Report(Status($"t{i}", TaskState.Running));
            Next<UpdatesKept>(Agent);
            if (i % 2 == 0)
            {
                Acknowledge(NextUpdate($"t{i}", TaskState.Running));
                Report(Status($"t{i}", TaskState.Finished));
                Next<UpdatesKept>(Agent);
            }
        }
        var before = Snapshot();

        Restart();

        var after = Snapshot();
        Assert.Equal(before.Tasks.Select(task => (task.Task.Id, task.Status.State)), after.Tasks.Select(task => (task.Task.Id, task.Status.State)));
        Assert.Equal((before.Live, before.Unacknowledged), (after.Live, after.Unacknowledged));
    }
}
