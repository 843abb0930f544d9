using System.Diagnostics;
using ActorScheduler.Containers.Docker;
using ActorScheduler.Model;
using Docker.DotNet;

namespace ActorScheduler.Containers.Specs.Docker;

/// <summary>A containerizer on the real engine, an agent of its own, and nothing left of it afterwards.</summary>
public abstract class RealDockerSpecs : IAsyncLifetime
{
    private readonly List<DockerContainerizer> _others = [];
    private int _runs;

    protected RealDockerSpecs()
    {
        Agent = new AgentId($"host-{Guid.NewGuid():N}");
        Docker = new DockerContainerizer(Settings, TimeProvider.System, Told.Add);
        Client = new DockerClientConfiguration(Endpoint).CreateClient();
    }

    protected virtual Uri Endpoint => LocalEngine.Endpoint;

    private protected TestFolder Folder { get; } = new();

    protected AgentId Agent { get; }

    protected DockerContainerizer Docker { get; private set; }

    protected DockerClient Client { get; }

    protected List<string> Told { get; } = [];

    protected virtual DockerSettings Settings => new() { Endpoint = Endpoint, Hostname = "host-1.example", CallTimeout = TimeSpan.FromSeconds(20) };

    protected static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(180)).Token;

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        if (File.Exists(Endpoint.LocalPath))
        {
            foreach (FoundContainer found in await Docker.List(Agent, null, Soon))
                await Docker.Remove(found.RunId, Soon);
        }
        foreach (DockerContainerizer containerizer in _others.Append(Docker))
            await containerizer.DisposeAsync();
        Client.Dispose();
        Folder.Dispose();
    }

    /// <summary>The agent's process ends, and another one begins.</summary>
    protected async Task Restart(Func<Task>? meanwhile = null)
    {
        await Docker.DisposeAsync();
        if (meanwhile is not null)
            await meanwhile();
        Docker = new DockerContainerizer(Settings, TimeProvider.System);
    }

    /// <summary>A second process on the same engine.</summary>
    protected DockerContainerizer Another(DockerSettings? settings = null)
    {
        var another = new DockerContainerizer(settings ?? Settings, TimeProvider.System);
        _others.Add(another);
        return another;
    }

    protected ContainerOrder Order(string script, Func<TaskInfo, TaskInfo>? with = null) => Order(new CommandInfo(script), with);

    protected ContainerOrder Order(CommandInfo? command, Func<TaskInfo, TaskInfo>? with = null)
    {
        string run = $"{Agent.Value[5..17]}.{Interlocked.Increment(ref _runs)}";
        var task = new TaskInfo
        {
            Id = new TaskId($"task-{run}"),
            Resources = Resources.Of(cpus: 0.1, mem: 32),
            Command = command,
            Container = new ContainerInfo(LocalEngine.Image),
        };
        string sandbox = Directory.CreateDirectory(Path.Combine(Folder.Path, run)).FullName;
        return new ContainerOrder(run, Agent, new FrameworkId("f-1"), with?.Invoke(task) ?? task, "", null) { Sandbox = sandbox };
    }

    protected async Task<string> Run(string script, Func<TaskInfo, TaskInfo>? with = null)
    {
        ContainerOrder order = Order(script, with);
        await Docker.Start(order, Soon);
        return order.RunId;
    }

    /// <summary>Runs it to its end.</summary>
    protected async Task<(ContainerEnd End, string Output, string Error)> Complete(ContainerOrder order)
    {
        await Docker.Start(order, Soon);
        ContainerEnd end = await Docker.WhenEnded(order.RunId, Soon);
        return (end, Read(order, "stdout"), Read(order, "stderr"));
    }

    protected async Task<string> Refused(ContainerOrder order) => (await Assert.ThrowsAsync<ContainerException>(() => Docker.Start(order, Soon))).Message;

    protected static string Read(ContainerOrder order, string file)
    {
        using var reader = new StreamReader(new FileStream(Path.Combine(order.Sandbox!, file), FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }

    /// <summary>Looks until it is so.</summary>
    protected static async Task Until(string what, Func<Task<bool>> isSo)
    {
        long since = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(30), $"30 s passed and not yet: {what}");
            await Task.Delay(20);
        }
    }
}
