using ActorScheduler.Model;
using ActorScheduler.Processes;
using ActorScheduler.Protocol;

namespace ActorScheduler.Hosts.Specs.Harness;

/// <summary>
/// Three hosts: on each a node, master and agent in one, and an engine of its own. The first two hosts' engines are as Docker
/// installs them, the third keeps containers while it is away (live-restore).
/// </summary>
public sealed class HostCluster : IAsyncDisposable
{
    /// <summary>Of each host.</summary>
    public const int Cpus = 2;

    /// <summary>Of each host, in MiB.</summary>
    public const int Memory = 2048;

    private readonly SortedDictionary<int, Engine> _engines = [];
    private EngineWatch? _watch;

    private HostCluster()
    {
    }

    /// <summary>The nodes, by the numbers of their hosts.</summary>
    public ProcessCluster Nodes { get; private set; } = null!;

    internal IReadOnlyDictionary<int, Engine> Engines => _engines;

    internal EngineWatch Watch => _watch!;

    /// <summary>A cluster whose hosts are all up.</summary>
    public static async Task<HostCluster> Form()
    {
        await Engine.RemoveLeftovers();
        var hosts = new HostCluster();
        try
        {
            for (int number = 1; number <= 3; number++)
                hosts._engines[number] = new Engine(number, keepsContainers: number == 3);
            await Task.WhenAll(hosts._engines.Values.Select(static engine => engine.Start()));
            hosts.Nodes = await ProcessCluster.Form(hosts._engines.Count, hosts.Config);
            hosts._watch = new EngineWatch(hosts._engines);
            return hosts;
        }
        catch
        {
            await hosts.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts what does not run, and waits until all agents take tasks.</summary>
    public async Task Whole()
    {
        await Task.WhenAll(_engines.Values.Where(static engine => !engine.Runs).Select(static engine => engine.Start()));
        await Nodes.Whole();
        await Eventually.Holds("all agents are well", async () =>
        {
            AgentSummary[] unwell = [.. (await Nodes.Agents()).Where(static agent => agent.IsDegraded || agent.Condition?.Why is not null || agent.State != AgentState.Registered)];
            return unwell.Length == 0 ? null : string.Join(", ", unwell.Select(static agent => $"{agent.Info.Hostname} {agent.State} {agent.Condition?.Why}"));
        }, Nodes);
    }

    /// <summary>The power of a host is cut: its node, its engine and all containers end at once.</summary>
    public async Task CutPower(int number)
    {
        NodeProcess node = Nodes[number];
        await _engines[number].CutPower(node.Id);
        await node.Exit(ProcessCluster.Limit);
    }

    /// <summary>The agent of a host as the allocator sees it.</summary>
    public async Task<AgentSummary> Agent(int number) => (await Nodes.Agents()).Single(agent => agent.Info.Hostname == $"node-{number}");

    /// <summary>The host of an agent.</summary>
    public int HostOf(AgentId agent) => _engines.Keys.Single(number => agent.Value.StartsWith($"node-{number}-", StringComparison.Ordinal));

    /// <summary>All containers of all engines, ended ones included.</summary>
    internal async Task<IReadOnlyList<EngineContainer>> Containers() =>
        [.. (await Task.WhenAll(_engines.Values.Select(static engine => engine.Api.Containers(all: true)))).SelectMany(static containers => containers)];

    /// <summary>
    /// The cluster's list of running tasks is what the engines run, each on the host where the cluster has it; the allocator
    /// counts the same; no engine has anything else. To be asked when frameworks launch nothing.
    /// </summary>
    /// <param name="limit">How long it may take until it is so; null for the usual.</param>
    /// <returns>How long it took.</returns>
    public Task<TimeSpan> Agrees(TimeSpan? limit = null) => Eventually.Holds("engines and cluster agree", async () =>
    {
        var live = new List<TaskSummary>();
        foreach (FrameworkSummary framework in (await Nodes.Client.AskAllocatorAsync<FrameworksSnapshot>(new GetFrameworks())).Frameworks)
            live.AddRange(await Settlement.Tasks(framework.Id, Nodes, completed: false));
        IReadOnlyList<EngineContainer> containers = await Containers();
        string[] cluster = [.. live.Select(static task => $"{task.Task.Id} on {task.AgentId}, {task.Status.State}, {task.Status.Container?.ContainerId}").Order()];
        string[] engines = [.. containers.Select(static one => $"{one.TaskId} on {one.AgentId}, {(one.Runs ? TaskState.Running : "ended")}, {one.Id}").Order()];
        if (!cluster.SequenceEqual(engines))
            return $"the cluster has {string.Join("; ", cluster)} and the engines have {string.Join("; ", engines)}";
        if (_engines.Where(engine => engine.Value.ContainerProcesses().Count > 0 && containers.All(one => HostOf(new AgentId(one.AgentId)) != engine.Key)).ToList() is { Count: > 0 } orphans)
            return $"processes without containers on hosts {string.Join(", ", orphans.Select(static engine => engine.Key))}";
        AgentSummary? odd = (await Nodes.Agents()).FirstOrDefault(agent => agent.Tasks != live.Count(task => task.AgentId == agent.Info.Id)
            || Math.Abs((agent.Used.PlainCpus / 1000.0) - containers.Where(one => one.AgentId == agent.Info.Id.Value).Sum(static one => one.Cpus)) > 0.01);
        return odd is null ? null : $"the allocator has {odd.Tasks} tasks and {odd.Used} on {odd.Info.Id}";
    }, Nodes, limit);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_watch is not null)
            await _watch.DisposeAsync();
        if (Nodes is not null)
            await Nodes.DisposeAsync();
        foreach (Engine engine in _engines.Values)
            await engine.DisposeAsync();
    }

    private string Config(int number) => $$"""
        actorscheduler.node.containerizers = [docker]
        actorscheduler.node.resources = "cpus:{{Cpus}};mem:{{Memory}};disk:1024;ports:[{{31000 + (number * 100)}}-{{31099 + (number * 100)}}]"
        actorscheduler.node.data = "{{_engines[number].Node}}"
        actorscheduler.agent.docker.endpoint = "unix://{{_engines[number].Socket}}"
        actorscheduler.agent.sandbox.gc-interval = 1 s
        """;
}
