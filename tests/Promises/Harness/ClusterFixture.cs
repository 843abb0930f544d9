namespace ActorScheduler.Promises.Specs.Harness;

/// <summary>One cluster for the specs that need no hosts of their own; each makes it whole before it begins.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterFixture : IAsyncLifetime, ICollectionFixture<ClusterFixture>
{
    public const string Name = "cluster";

    public ProcessCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync() => Cluster = await ProcessCluster.Form();

    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}
