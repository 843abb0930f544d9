using System.Net;
using Docker.DotNet.Models;

namespace Docker.DotNet.Specs.Real;

public sealed class NetworkAndVolumeSpecs : RealEngineSpecs
{
    [DockerFact]
    public async Task A_network_is_created_joined_left_and_deleted()
    {
        var made = await Client.Networks.CreateNetworkAsync(new NetworksCreateParameters
        {
            Name = Unique("net"),
            Driver = "bridge",
            Labels = Labels,
            IPAM = new IPAM { Config = [new IPAMConfig { Subnet = "10.213.77.0/24", Gateway = "10.213.77.1" }] },
        });
        try
        {
            var id = await RunAsync(["sleep", "1000"], p => p.HostConfig = new HostConfig { NetworkMode = "none" });
            await Client.Networks.DisconnectNetworkAsync("none", new NetworkDisconnectParameters { Container = id });
            await Client.Networks.ConnectNetworkAsync(made.ID, new NetworkConnectParameters
            {
                Container = id,
                EndpointConfig = new EndpointSettings { Aliases = ["me"],
                    IPAMConfig = new EndpointIPAMConfig { IPv4Address = "10.213.77.9" } },
            });
            var network = await Client.Networks.InspectNetworkAsync(Unique("net"));
            var container = await Client.Containers.InspectContainerAsync(id);
            await Client.Networks.DisconnectNetworkAsync(
                made.ID, new NetworkDisconnectParameters { Container = id, Force = true });

            Assert.Equal("10.213.77.0/24", network.IPAM.Config[0].Subnet);
            Assert.Equal("10.213.77.9/24", network.Containers[id].IPv4Address);
            Assert.Equal("10.213.77.9", container.NetworkSettings.Networks[Unique("net")].IPAddress);
            Assert.Single(await Client.Networks.ListNetworksAsync(new NetworksListParameters { Filters = Mine }));
        }
        finally
        {
            await Client.Networks.DeleteNetworkAsync(made.ID);
        }

        await Assert.ThrowsAsync<DockerNetworkNotFoundException>(() => Client.Networks.InspectNetworkAsync(made.ID));
    }

    [DockerFact]
    public async Task Unused_networks_are_pruned()
    {
        await Client.Networks.CreateNetworkAsync(new NetworksCreateParameters { Name = Unique("prune"), Labels = Labels,
            Internal = true, IPAM = new IPAM { Config = [new IPAMConfig { Subnet = "10.213.78.0/24" }] } });

        var pruned = await Client.Networks.PruneNetworksAsync(new NetworksDeleteUnusedParameters { Filters = Mine });

        Assert.Equal([Unique("prune")], pruned.NetworksDeleted);
    }

    [DockerFact]
    public async Task A_volume_keeps_what_containers_write()
    {
        var name = Unique("volume");
        var made = await Client.Volumes.CreateAsync(new VolumesCreateParameters { Name = name, Labels = Labels });
        foreach (var script in new[] { "echo kept > /v/file", "grep kept /v/file" })
        {
            var id = await ShellAsync(
                script, p => p.HostConfig.Mounts = [new Mount { Type = "volume", Source = name, Target = "/v" }]);
            Assert.Equal(0, (await Client.Containers.WaitContainerAsync(id)).StatusCode);
            await Client.Containers.RemoveContainerAsync(id, new ContainerRemoveParameters());
        }

        var listed = await Client.Volumes.ListAsync(new VolumesListParameters { Filters = Mine });
        Assert.Equal(name, Assert.Single(listed.Volumes).Name);
        Assert.Equal(made.Mountpoint, (await Client.Volumes.InspectAsync(name)).Mountpoint);
        await Client.Volumes.RemoveAsync(name, force: true);
        var failure = await Assert.ThrowsAsync<DockerApiException>(() => Client.Volumes.InspectAsync(name));
        Assert.Equal(HttpStatusCode.NotFound, failure.StatusCode);
    }

    [DockerFact]
    public async Task Unused_volumes_are_pruned()
    {
        await Client.Volumes.CreateAsync(new VolumesCreateParameters { Name = Unique("unused"), Labels = Labels });

        var pruned = await Client.Volumes.PruneAsync(new VolumesPruneParameters { Filters = Mine });

        Assert.Equal([Unique("unused")], pruned.VolumesDeleted);
    }
}
