using ActorScheduler.Client;
using ActorScheduler.Model;

namespace ActorScheduler.Cluster.Specs;

/// <summary>Shorthands for specs.</summary>
internal static class Session
{
    public static TaskInfo Task(string id, double cpus = 1, string? run = null) => new()
    {
        Id = new TaskId(id), Resources = Resources.Of(cpus: cpus, mem: 64), Command = new CommandInfo("true"),
        Labels = run is null ? Labels.Empty : new Labels(new Label("simulate.run", run)),
    };

    /// <summary>The first item that fits; the others are dropped.</summary>
    public static async Task<T> First<T>(this IAsyncEnumerable<T> items, Predicate<T>? fits = null)
    {
        using var limit = new CancellationTokenSource(TestCluster.Limit);
        await foreach (T item in items.WithCancellation(limit.Token))
        {
            if (fits?.Invoke(item) != false)
                return item;
        }
        throw new InvalidOperationException("it ended before");
    }

    /// <summary>Asks until something is true.</summary>
    public static async Task Eventually(Func<Task<bool>> isTrue, string what)
    {
        using var limit = new CancellationTokenSource(TestCluster.Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await isTrue())
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"not within {TestCluster.Limit}: {what}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Launches on whatever offer has room, until it is done.</summary>
    public static async Task Launch(this FrameworkSession session, params TaskInfo[] tasks)
    {
        var offer = await session.OffersAsync().First(offer => offer.Resources.Contains(tasks.Aggregate(Resources.Empty, (sum, task) => sum.Add(task.Resources))));
        (await session.LaunchAsync(offer, tasks)).OrThrow();
    }

    /// <summary>Launches tasks of this id and a number until one runs: offers of an allocator that is gone are not valid.</summary>
    public static async Task LaunchUntilOneRuns(this FrameworkSession session, string id)
    {
        for (int number = 1; ; number++)
        {
            await session.Launch(Task($"{id}-{number}"));
            var update = await session.UpdatesAsync().First(update => update.TaskId.Value == $"{id}-{number}");
            await session.AcknowledgeAsync(update);
            if (update.State == TaskState.Running)
                return;
        }
    }

    /// <summary>Waits until each of these tasks has come to a state, in whatever order.</summary>
    public static async Task Updates(this FrameworkSession session, TaskState state, params IEnumerable<string> tasks)
    {
        HashSet<string> missing = [.. tasks];
        var last = await session.UpdatesAsync().First(update => update.State == state && missing.Remove(update.TaskId.Value) && missing.Count == 0);
        await session.AcknowledgeAsync(last);
    }

    /// <summary>The next update of a task in a state; all that are read are acknowledged.</summary>
    public static async Task<TaskUpdate> Update(this FrameworkSession session, string task, TaskState state)
    {
        var found = await session.UpdatesAsync().First(update => update.TaskId.Value == task && update.State == state);
        await session.AcknowledgeAsync(found);
        return found;
    }
}
