using System.Net.Sockets;
using System.Text.Json;
using Docker.DotNet.Models;
using Docker.DotNet.Serialization;

namespace Docker.DotNet.Specs.Real;

public sealed class LosslessSpecs : RealEngineSpecs
{
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
