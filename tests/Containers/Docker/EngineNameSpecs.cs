namespace ActorScheduler.Containers.Specs.Docker;

/// <summary>Which engine answers: what another one does not have has not ended.</summary>
public sealed class EngineNameSpecs : RealDockerSpecs
{
    private static readonly EngineName Other = new("another", "unix:///elsewhere");

    [DockerFact]
    public async Task An_engine_has_a_name_that_stays()
    {
        EngineName? name = await Docker.Identify(Soon);

        Assert.Equal(Endpoint.OriginalString, name!.Address);
        // Engines of one host may have the same ID.
        Assert.Contains(" in /", name.Id, StringComparison.Ordinal);
        Assert.Equal(name, await Docker.Identify(Soon));
        await Restart();
        Assert.Equal(name, await Docker.Identify(Soon));
    }

    [DockerFact]
    public async Task Of_an_engine_that_is_not_the_bound_one_nothing_counts_until_the_bound_one_answers()
    {
        EngineName? own = await Docker.Identify(Soon);
        Docker.Bind(Other);

        string expected = $"another Docker engine answers at {Endpoint.OriginalString} than the one at unix:///elsewhere that containers were started with";
        Assert.Equal(expected, await Docker.Probe(Soon));
        Assert.Equal(expected, (await Assert.ThrowsAsync<ContainerException>(() => Docker.Inspect("nothing", Soon))).Message);
        Assert.Equal(expected, (await Assert.ThrowsAsync<ContainerException>(() => Docker.List(Agent, null, Soon))).Message);
        Assert.Equal(own, Docker.Instead);

        Docker.Bind(own);

        Assert.Null(await Docker.Probe(Soon));
        Assert.IsType<ContainerState.Absent>(await Docker.Inspect("nothing", Soon));
        Assert.Null(Docker.Instead);
    }
}
