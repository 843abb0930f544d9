namespace ActorScheduler.Promises.Specs.Harness;

/// <summary>One cluster for the specs that need no hosts of their own; each makes it whole before it begins.</summary>
public class ClusterFixture : IAsyncLifetime
{
    public ProcessCluster Cluster { get; protected set; } = null!;

    public virtual async Task InitializeAsync() => Cluster = await ProcessCluster.Form();

    public virtual async Task DisposeAsync() => await Cluster.DisposeAsync();
}

/// <summary>Specs that share it.</summary>
[CollectionDefinition(Name)]
public sealed class OnSqlite : ICollectionFixture<ClusterFixture>
{
    public const string Name = "SQLite";
}
