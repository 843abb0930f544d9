using ActorScheduler.Client;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Promises.Specs.Harness;

/// <summary>What must be true of a cluster once a framework that launches nothing more has heard of the end of all its tasks.</summary>
internal static class Settlement
{
    /// <summary>Nothing is left of the framework, and what the cluster has kept of each task is what the framework was told.</summary>
    public static async Task Of(Ledger ledger, FrameworkId framework, ProcessCluster cluster)
    {
        SchedulerClient client = cluster.Client;
        await Eventually.Holds("the framework's actor has nothing under way", async () =>
        {
            var there = await client.AskFrameworkAsync<FrameworkSnapshot>(new GetFramework(framework));
            return there is { Live: 0, Unacknowledged: 0 }
                ? null
                : $"{there.Live} tasks, {there.Unacknowledged} updates, such as {string.Join("; ", there.Tasks.Take(5).Select(task => $"{task.Status} on {task.AgentId}, told {ledger.Find(task.Task.Id)}"))}";
        }, cluster);
        await Eventually.Holds("nothing is used by it any more", async () =>
        {
            var snapshot = await client.AskAllocatorAsync<FrameworksSnapshot>(new GetFrameworks());
            FrameworkSummary? own = snapshot.Frameworks.FirstOrDefault(known => known.Id == framework);
            return own is { Used.IsEmpty: true, Tasks: 0 } ? null : own?.ToString() ?? "it is not known";
        }, cluster);
        Dictionary<TaskId, TaskSummary> kept = (await Tasks(framework, cluster, completed: true)).ToDictionary(static task => task.Task.Id);
        foreach (TaskRecord task in ledger.Tasks.Where(static task => task.Counts))
        {
            Assert.True(kept.Remove(task.Task.Id, out TaskSummary? summary), $"the cluster does not know {task}");
            Assert.True(summary.Status.State == task.End!.State, $"the cluster has {summary.Status.State} of {task}");
        }
        Assert.Empty(kept);
    }

    /// <summary>All tasks of a framework as its actor knows them: those that have ended, or the others.</summary>
    public static async Task<IReadOnlyList<TaskSummary>> Tasks(FrameworkId framework, ProcessCluster cluster, bool completed)
    {
        var tasks = new List<TaskSummary>();
        for (FrameworkSnapshot? page = null; page?.HasMore != false;)
        {
            page = await cluster.Client.AskFrameworkAsync<FrameworkSnapshot>(
                new GetFramework(framework, page?.Tasks[^1].Task.Id, Count: 1000, Completed: completed));
            tasks.AddRange(page.Tasks);
        }
        return tasks;
    }
}
