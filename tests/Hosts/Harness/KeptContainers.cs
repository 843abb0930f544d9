namespace ActorScheduler.Hosts.Specs.Harness;

/// <summary>Containers of services at one moment, to see whether they went on untouched.</summary>
internal sealed class KeptContainers
{
    private readonly IReadOnlyList<EngineContainer> _containers;

    private KeptContainers(IReadOnlyList<EngineContainer> containers) => _containers = containers;

    /// <summary>Those that run for services of a framework now, all or some.</summary>
    public static async Task<KeptContainers> Of(KeepingFramework framework, HostCluster hosts, Func<EngineContainer, bool>? some = null)
    {
        string[] wanted = [.. framework.Running.Where(static task => task.Task.Name.StartsWith("service", StringComparison.Ordinal)).Select(static task => task.Task.Id.Value)];
        EngineContainer[] containers = [.. (await hosts.Containers()).Where(one => one.FrameworkId == framework.Session.FrameworkId.Value && wanted.Contains(one.TaskId))];
        Assert.All(containers, static container => Assert.True(container.Runs, $"{container} does not run"));
        Assert.Equal(wanted.Length, containers.Length);
        return new KeptContainers([.. containers.Where(some ?? (static _ => true))]);
    }

    /// <summary>The same containers run, since the same moments, and nobody said otherwise of their tasks.</summary>
    public async Task WentOn(KeepingFramework framework, HostCluster hosts)
    {
        IReadOnlyList<EngineContainer> now = await hosts.Containers();
        Assert.NotEmpty(_containers);
        Assert.All(_containers, container => Assert.Contains(container, now));
        Assert.All(_containers, container => Assert.Null(framework.Ledger.Tasks.Single(task => task.Task.Id.Value == container.TaskId).End));
    }
}
