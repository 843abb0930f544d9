using Docker.DotNet.Models;

namespace Docker.DotNet.Specs.Real;

/// <summary>A client of the real engine, and containers that are gone when the test is over.</summary>
public abstract class RealEngineSpecs : IAsyncLifetime, IDisposable
{
    private const string Label = "actorscheduler.test";

    private readonly string _run = Guid.NewGuid().ToString("N");

    protected DockerClient Client { get; } = LocalEngine.Client(TimeSpan.FromSeconds(60));

    protected IDictionary<string, string> Labels => new Dictionary<string, string> { [Label] = _run };

    protected IDictionary<string, IDictionary<string, bool>> Mine =>
        new Dictionary<string, IDictionary<string,
            bool>> { ["label"] = new Dictionary<string, bool> { [$"{Label}={_run}"] = true } };

    protected string Unique(string name) => $"actorscheduler-{name}-{_run[..12]}";

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (LocalEngine.Missing is not null) return;
        foreach (var container in await Client.Containers.ListContainersAsync(
            new ContainersListParameters { All = true, Filters = Mine }))
            await Client.Containers.RemoveContainerAsync(
                container.ID, new ContainerRemoveParameters { Force = true, RemoveVolumes = true });
    }

    public void Dispose()
    {
        Client.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task<string> CreateAsync(string[] command, Action<CreateContainerParameters>? with = null)
    {
        var parameters = new CreateContainerParameters
        {
            Image = LocalEngine.Image,
            Cmd = command,
            Labels = Labels,
            HostConfig = new HostConfig { NetworkMode = "host" },
        };
        with?.Invoke(parameters);
        return (await Client.Containers.CreateContainerAsync(parameters)).ID;
    }

    protected async Task<string> RunAsync(string[] command, Action<CreateContainerParameters>? with = null)
    {
        var id = await CreateAsync(command, with);
        Assert.True(await Client.Containers.StartContainerAsync(id, new ContainerStartParameters()));
        return id;
    }

    protected Task<string> ShellAsync(string script, Action<CreateContainerParameters>? with = null) =>
        RunAsync(["sh", "-c", script], with);
}
