using ActorScheduler.Client;
using ActorScheduler.Model;

namespace Examples;

/// <summary>Runs commands on a cluster, each until it has succeeded once, and then ends itself.</summary>
public sealed class BatchFramework(IEnumerable<string> commands) : IScheduler
{
    private static readonly Resources Size = Resources.Of(cpus: 0.5, mem: 64);
    private readonly Queue<string> _waiting = new(commands);
    private readonly Dictionary<TaskId, string> _running = [];
    private int _launched;

    public int Succeeded { get; private set; }

    // With nothing to run it wants no offers, so that others get them.
    public bool IsIdle => _waiting.Count == 0;

    // Takes as many commands as fit into the offer; what is left of it goes back by itself.
    public async Task<bool> OfferedAsync(FrameworkSession session, Offer offer)
    {
        var tasks = new List<TaskInfo>();
        for (var left = offer.Resources; _waiting.Count > 0 && left.Contains(Size); left = left.Subtract(Size))
        {
            var task = new TaskInfo { Id = new TaskId($"batch-{++_launched}"), Resources = Size, Command = new CommandInfo(_waiting.Dequeue()) };
            _running.Add(task.Id, task.Command.Value!);
            tasks.Add(task);
        }

        return tasks.Count > 0 && (await session.LaunchAsync(offer, tasks)).OrThrow().IsDone;
    }

    // A command whose task did not succeed, for whatever reason, waits for the next offer.
    public async Task UpdatedAsync(FrameworkSession session, TaskUpdate update)
    {
        if (!update.State.IsTerminal() || !_running.Remove(update.TaskId, out var command))
            return;
        if (update.State == TaskState.Finished)
            Succeeded++;
        else
            _waiting.Enqueue(command);
        if (_running.Count == 0 && _waiting.Count == 0)
            await session.TearDownAsync();
    }

    // await BatchFramework.RunAsync("127.0.0.1:2551", ["echo one", "echo two"]);
    public static async Task<int> RunAsync(string masters, IEnumerable<string> commands)
    {
        await using var client = new SchedulerClient(masters);
        await using var session = await client.RegisterAsync(new FrameworkInfo { Name = "batch" });
        var framework = new BatchFramework(commands);
        await session.RunAsync(framework);
        return framework.Succeeded;
    }
}
