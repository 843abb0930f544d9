using ActorScheduler.Client;
using ActorScheduler.Containers.Docker;
using ActorScheduler.Model;

namespace ActorScheduler.Benchmarks.Schedule;

/// <summary>A node with one agent on a Docker engine, and a framework that holds what it is offered.</summary>
internal sealed class RealNode : IAsyncDisposable
{
    public static readonly Resources Size = Resources.Of(cpus: 0.01, mem: 16);

    private readonly OneNode _node;
    private readonly SchedulerClient _client;
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(10));
    private int _launched;

    private RealNode(OneNode node, SchedulerClient client, FrameworkSession session)
    {
        (_node, _client, Session) = (node, client, session);
    }

    public FrameworkSession Session { get; }

    public static async Task<RealNode> Start(Uri engine)
    {
        OneNode node = OneNode.Start(Journal.Sqlite);
        node.AddAgent(0, Resources.Of(cpus: 100, mem: 100_000), keeps: true, new DockerContainerizer(new DockerSettings { Endpoint = engine }, TimeProvider.System));
        SchedulerClient client = node.Connect();
        return new RealNode(node, client, await client.RegisterAsync(new FrameworkInfo { Name = "load" }));
    }

    /// <summary>The next offer that is large enough.</summary>
    public async Task<Offer> Offer()
    {
        await foreach (Offer offer in Session.OffersAsync(_limit.Token))
        {
            if (offer.Resources.PlainCpus >= 1_000)
                return offer;
            await Session.DeclineAsync([offer.Id], TimeSpan.FromMinutes(10));
        }
        throw new InvalidOperationException("the session is over");
    }

    /// <summary>Launches so many containers; what is left of the offer comes back at once.</summary>
    public async Task Launch(Offer offer, int count)
    {
        TaskInfo[] tasks = [.. Enumerable.Range(0, count).Select(_ => new TaskInfo
        {
            Id = new TaskId($"t{++_launched}"), Resources = Size, Container = new ContainerInfo(Engine.Image),
            Command = new CommandInfo("exec sleep 600"), KillGracePeriod = TimeSpan.Zero,
        })];
        (await Session.AcceptAsync([offer.Id], [new OfferOperation.Launch(tasks)], TimeSpan.Zero)).OrThrow();
    }

    /// <summary>Waits until so many tasks have come to a state, and gives them.</summary>
    public async Task<List<TaskUpdate>> Updates(TaskState state, int count)
    {
        var found = new List<TaskUpdate>();
        if (count == 0)
            return found;
        await foreach (TaskUpdate update in Session.UpdatesAsync(_limit.Token))
        {
            await Session.AcknowledgeAsync(update);
            if (update.State == state)
                found.Add(update);
            else if (update.State.IsTerminal() && state == TaskState.Running)
                throw new InvalidOperationException($"{update.TaskId}: {update.State} {update.Message}");
            if (found.Count == count)
                break;
        }
        return found;
    }

    /// <summary>Ends tasks and waits for it.</summary>
    public async Task End(IReadOnlyList<TaskUpdate> tasks)
    {
        foreach (TaskUpdate task in tasks)
            await Session.KillAsync(task.TaskId, TimeSpan.Zero);
        await Updates(TaskState.Killed, tasks.Count);
    }

    public async ValueTask DisposeAsync()
    {
        await Session.TearDownAsync();
        await Session.DisposeAsync();
        await _client.DisposeAsync();
        await _node.DisposeAsync();
        _limit.Dispose();
    }
}
