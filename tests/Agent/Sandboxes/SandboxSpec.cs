using ActorScheduler.Agent.Sandboxes;
using ActorScheduler.Containers;
using ActorScheduler.Containers.Files;
using ActorScheduler.Model;

namespace ActorScheduler.Agent.Specs.Sandboxes;

/// <summary>Sandboxes in a folder of their own.</summary>
public abstract class SandboxSpec : IDisposable
{
    internal static readonly SandboxSettings Quick = SandboxSettings.From(AgentSpec.Quick) with { FetchPause = TimeSpan.FromMilliseconds(5) };
    private readonly List<IDisposable> _made = [];

    internal TestFolder Folder { get; } = new();

    internal TestSite Site { get; } = new();

    internal SandboxStore Store(SandboxSettings? settings = null)
    {
        var store = new SandboxStore(Folder.Path, settings ?? Quick, TimeProvider.System);
        _made.Add(store);
        return store;
    }

    internal static ContainerOrder Order(SandboxStore store, params Artifact[] artifacts) => Order(store, Given.Task("t"), artifacts);

    internal static ContainerOrder Order(SandboxStore store, TaskInfo task, params Artifact[] artifacts) => store.Place(new ContainerOrder(
        Guid.NewGuid().ToString("N"), Given.AgentId, Given.FrameworkId, task with { Command = new CommandInfo("true", Artifacts: artifacts) }, "", null));

    /// <summary>Prepares a sandbox and gives its path.</summary>
    internal async Task<string> Fetch(SandboxSettings? settings, params Artifact[] artifacts)
    {
        SandboxStore store = Store(settings);
        ContainerOrder order = Order(store, artifacts);
        await store.Prepare(order, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        return order.Sandbox!;
    }

    internal Task<string> Fetch(params Artifact[] artifacts) => Fetch(null, artifacts);

    internal async Task<string> Refusal(SandboxSettings? settings, params Artifact[] artifacts) =>
        (await Assert.ThrowsAsync<SandboxException>(() => Fetch(settings, artifacts))).Message;

    internal Task<string> Refusal(params Artifact[] artifacts) => Refusal(null, artifacts);

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        foreach (IDisposable made in _made)
            made.Dispose();
        Site.Dispose();
        // The runtime's own way of deleting stops at names that are no text.
        Tree.Clear(Folder.Path);
        Folder.Dispose();
    }
}
