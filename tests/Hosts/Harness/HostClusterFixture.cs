namespace ActorScheduler.Hosts.Specs.Harness;

/// <summary>One cluster for all specs; each makes it whole before it begins.</summary>
[CollectionDefinition(Name)]
public sealed class HostClusterFixture : IAsyncLifetime, ICollectionFixture<HostClusterFixture>
{
    public const string Name = "hosts";

    public HostCluster Hosts { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // Where specs are skipped there is nothing to form.
        if (LocalEngine.IsRequired || Engine.Missing is null)
            Hosts = await HostCluster.Form();
    }

    public async Task DisposeAsync()
    {
        if (Hosts is not null)
            await Hosts.DisposeAsync();
    }
}
