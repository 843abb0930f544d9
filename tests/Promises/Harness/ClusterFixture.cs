namespace ActorScheduler.Promises.Specs.Harness;

/// <summary>One cluster for the specs of a class, made whole by each before it begins.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    public ProcessCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync() => Cluster = await ProcessCluster.Form();

    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}
