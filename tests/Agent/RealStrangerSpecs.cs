using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Agent.Sandboxes;
using ActorScheduler.Containers;
using ActorScheduler.Containers.Docker;
using ActorScheduler.Containers.Processes;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Configuration;
using ContainerState = ActorScheduler.Containers.ContainerState;

namespace ActorScheduler.Agent.Specs;

/// <summary>Agents that lost their checkpoint, or got an older one, while real containers and processes go on.</summary>
public sealed class RealStrangerSpecs : AgentSpec, IAsyncLifetime
{
    private readonly TestFolder _folder = new();

    public RealStrangerSpecs()
        : base(ConfigurationFactory.ParseString("actorscheduler.agent { probe-timeout = 10 s, probe-interval = 1 s, call-timeout = 20 s }"))
    {
        DataFolder = _folder.Path;
    }

    private static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        End();
        foreach (IContainerizer containers in Containerizers)
        {
            foreach (FoundContainer found in await containers.List(Id, Path.Combine(DataFolder!, "sandboxes"), Soon))
                await containers.Remove(found.RunId, Soon);
            await ((IAsyncDisposable)containers).DisposeAsync();
        }
        _folder.Dispose();
    }

    [DockerFact]
    public Task A_container_is_adopted_by_an_agent_with_an_older_checkpoint() => Adopt(InDocker(), new ContainerInfo(LocalEngine.Image));

    [DockerFact]
    public Task A_container_of_a_lost_checkpoint_is_left_alone_and_counted_until_an_operator_ends_it() => SetAside(InDocker(), new ContainerInfo(LocalEngine.Image));

    [Fact]
    public Task A_process_is_adopted_by_an_agent_with_an_older_checkpoint() => Adopt(AsProcess(), null);

    [Fact]
    public Task A_process_of_a_lost_checkpoint_is_left_alone_and_counted_until_an_operator_ends_it() => SetAside(AsProcess(), null);

    private static DockerContainerizer InDocker() => new(new DockerSettings { Endpoint = LocalEngine.Endpoint }, TimeProvider.System);

    private ProcessContainerizer AsProcess() =>
        new(new ProcessSettings { StateFolder = Path.Combine(DataFolder!, "processes"), ControlGroup = "actorscheduler-specs" }, TimeProvider.System);

    private async Task Adopt(IContainerizer containers, ContainerInfo? container)
    {
        ContainerState.Running before = await Run(containers, container);
        var older = new MemoryCheckpoint();
        await older.Save([new CheckpointChange.Identify(new AgentIdentity(Id, 0, Given.Host, Given.Host))]);

        BeginAnew(older);

        Assert.Equal("a", Assert.Single(Register().Tasks).Task.Id.Value);
        TaskUpdate adopted = Keep("a", TaskState.Running);
        Assert.Equal("Adopted: its container runs and its agent did not know it", adopted.Message);
        Assert.Equivalent(before, await containers.Inspect(RunOf(DataFolder!), Soon));
        Agent.Tell(new EndTask(Given.FrameworkId, Id, new TaskId("a"), TimeSpan.Zero, null), Frameworks);
        Keep("a", TaskState.Killed);
    }

    private async Task SetAside(IContainerizer containers, ContainerInfo? container)
    {
        ContainerState.Running before = await Run(containers, container);
        AgentId old = Id;

        BeginAnew(new MemoryCheckpoint());

        RegisterAgent register = Register();
        Assert.NotEqual(old, register.AgentId);
        Assert.Empty(register.Tasks);
        Assert.Equal(RunOf(DataFolder!), Assert.Single(register.Aside!).RunId);
        Assert.Equal(Given.Host.Subtract(Given.Task("a").Resources), register.Total);
        Assert.Equivalent(before, await containers.Inspect(RunOf(DataFolder!), Soon));
        await containers.Stop(RunOf(DataFolder!), TimeSpan.Zero, Soon);

        Next<RegisterAgent>(Allocator, static again => again.Total.Equals(Given.Host));
        // What it wrote is kept as long as any sandbox.
        Assert.Equal("up\n", await File.ReadAllTextAsync(Path.Combine(new SandboxFolders(DataFolder!).SandboxOf(RunOf(DataFolder!)), "stdout")));
        await AwaitAssertAsync(async () => Assert.IsType<ContainerState.Absent>(await containers.Inspect(RunOf(DataFolder!), Soon)), TimeSpan.FromSeconds(20));
    }

    private async Task<ContainerState.Running> Run(IContainerizer containers, ContainerInfo? container)
    {
        Containerizers = [containers];
        Begin();
        Register();
        Launch(Given.Task("a") with { Container = container, Command = new CommandInfo("echo up; exec sleep 1000") });
        Keep("a", TaskState.Running);
        string output = Path.Combine(new SandboxFolders(DataFolder!).SandboxOf(RunOf(DataFolder!)), "stdout");
        await AwaitAssertAsync(() => Assert.Equal("up\n", File.Exists(output) ? File.ReadAllText(output) : ""), TimeSpan.FromSeconds(20));
        return Assert.IsType<ContainerState.Running>(await containers.Inspect(RunOf(DataFolder!), Soon));
    }

    private void BeginAnew(ICheckpoint checkpoint)
    {
        End();
        Checkpoint = checkpoint;
        Registration++;
        Begin();
    }

    private static string RunOf(string folder) => Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(Path.Combine(folder, "runs"))));
}
