using System.Net.Sockets;
using System.Text.Json;
using Docker.DotNet.Models;
using Docker.DotNet.Serialization;
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

    /// <summary>What the engine sends is compared, field by field, with what is left of it after reading: a name misspelt here
    /// would be lost.</summary>
    [DockerFact]
    public async Task No_field_that_has_a_value_is_lost_in_reading()
    {
        var id = await RunAsync(["sleep", "1000"], p => p.Healthcheck = new HealthConfig { Test = ["CMD", "true"] });
        var lost = new List<string>();
        await CompareAsync<ContainerInspectResponse>($"/containers/{id}/json?size=1", lost);
        await CompareAsync<IList<ContainerListResponse>>("/containers/json?size=1", lost);
        await CompareAsync<ContainerStatsResponse>($"/containers/{id}/stats?stream=0&one-shot=1", lost);
        await CompareAsync<ImageInspectResponse>($"/images/{LocalEngine.Image}/json", lost);
        await CompareAsync<IList<ImagesListResponse>>("/images/json", lost);
        await CompareAsync<IList<NetworkResponse>>("/networks", lost);
        await CompareAsync<VersionResponse>("/version", lost);
        await CompareAsync<SystemInfoResponse>("/info", lost);

        // What the API that this client has leaves out: swarm, the host's part of listed containers, and newer names.
        string[] known = [".Swarm", ".GenericResources", "/version.Platform", "].HostConfig", ".CDISpecDirs", ".FirewallBackend",
            ".DiscoveredDevices"];
        Assert.DoesNotContain(lost, path => !known.Any(name => path.Contains(name, StringComparison.Ordinal)));
    }

    private static async Task CompareAsync<T>(string url, List<string> lost)
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(LocalEngine.Socket), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var http = new HttpClient(handler);
        var sent = await http.GetStringAsync(new Uri("http://docker/v1.41" + url));
        using var before = JsonDocument.Parse(sent);
        using var after = JsonDocument.Parse(EngineJson.Write(JsonSerializer.Deserialize<T>(sent, EngineJson.Options)));
        Compare(before.RootElement, after.RootElement, url, lost);
    }

    private static void Compare(JsonElement before, JsonElement after, string path, List<string> lost)
    {
        if (before.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in before.EnumerateObject().Where(property => HasValue(property.Value)))
            {
                if (after.ValueKind == JsonValueKind.Object && after.TryGetProperty(property.Name, out var same)) Compare(
                    property.Value, same, $"{path}.{property.Name}", lost);
                else lost.Add($"{path}.{property.Name}");
            }
        }
        else if (before.ValueKind == JsonValueKind.Array)
        {
            for (var i = 0; i < before.GetArrayLength(); i++) Compare(before[i], after[i], $"{path}[{i}]", lost);
        }
    }

    private static bool HasValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.Number => value.GetDouble() != 0,
        JsonValueKind.String =>
            value.GetString() is { Length: > 0 } text && !text.StartsWith("0001-01-01", StringComparison.Ordinal),
        _ => true,
    };
}
