using Docker.DotNet.Models;
using Docker.DotNet.Specs.Fake;

namespace Docker.DotNet.Specs.Real;

public sealed class SystemSpecs : RealEngineSpecs
{
    [DockerFact]
    public async Task The_engine_tells_of_itself()
    {
        await Client.System.PingAsync();
        var version = await Client.System.GetVersionAsync();
        var info = await Client.System.GetSystemInfoAsync();

        Assert.True(Version.Parse(version.APIVersion) >= new Version(1, 24));
        Assert.Equal(version.Version, info.ServerVersion);
        Assert.True(info.NCPU >= 1);
        Assert.True(info.MemTotal > 0);
        Assert.Equal("linux", info.OSType);
    }

    [DockerFact]
    public async Task Events_of_a_containers_life_come_in_order()
    {
        var heard = new Heard<Message>();
        using var cancel = new CancellationTokenSource();
        var monitoring =
            Client.System.MonitorEventsAsync(new ContainerEventsParameters { Filters = Mine, Since = "0" }, heard, cancel.Token);
        var id = await RunAsync(["true"]);
        await Client.Containers.WaitContainerAsync(id);
        await Client.Containers.RemoveContainerAsync(id, new ContainerRemoveParameters());
        await heard.AtLeastAsync(4);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => monitoring);

        Assert.Equal(["create", "start", "die", "destroy"], heard.All.Select(message => message.Action));
        Assert.All(heard.All, message => Assert.Equal((id, "container"), (message.Actor.ID, message.Type)));
        Assert.Equal("0", heard.All[2].Actor.Attributes["exitCode"]);
    }

    [DockerFact]
    public async Task Events_until_a_moment_end_by_themselves()
    {
        var heard = new Heard<Message>();

        await Client.System.MonitorEventsAsync(new ContainerEventsParameters { Since = "0", Until = "1" }, heard)
            .WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Empty(heard.All);
    }
}
