namespace ActorScheduler.Promises.Specs.Harness;

/// <summary>The same with the journal in a PostgreSQL server of its own. There is nothing where PostgreSQL is missing.</summary>
public sealed class PostgresFixture : ClusterFixture
{
    public PostgresServer Server { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        if (PostgresServer.Missing is not null)
            return;
        Server = await PostgresServer.Start();
        Cluster = await ProcessCluster.Form(journal: $"postgres:{Server.Connection}");
    }

    public override async Task DisposeAsync()
    {
        if (PostgresServer.Missing is not null)
            return;
        await Cluster.DisposeAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>Specs that share it.</summary>
[CollectionDefinition(Name)]
public sealed class OnPostgres : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}
