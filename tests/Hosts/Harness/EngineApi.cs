using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;

namespace ActorScheduler.Hosts.Specs.Harness;

/// <summary>Asks an engine itself what runs, by the way that `docker ps` goes and the agent's code does not.</summary>
internal sealed class EngineApi(string socket) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                return new NetworkStream(connection, ownsSocket: true);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        },
    })
    {
        BaseAddress = new Uri("http://docker"),
    };

    /// <summary>Whether it answers.</summary>
    public async Task<bool> Answers()
    {
        try
        {
            return (await _http.GetAsync("/_ping")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Takes an image over from another engine.</summary>
    public async Task Load(string image, EngineApi from)
    {
        await using Stream archive = await from._http.GetStreamAsync($"/images/{image}/get");
        using var content = new StreamContent(archive);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
        using HttpResponseMessage loaded = await _http.PostAsync("/images/load", content);
        loaded.EnsureSuccessStatusCode();
        await loaded.Content.ReadAsStringAsync();
    }

    /// <summary>The ids of containers: of those that run, or of all.</summary>
    public async Task<IReadOnlyList<string>> Ids(bool all)
    {
        using JsonDocument list = JsonDocument.Parse(await _http.GetStringAsync($"/containers/json?all={(all ? 1 : 0)}"));
        return [.. list.RootElement.EnumerateArray().Select(static container => container.GetProperty("Id").GetString()!)];
    }

    /// <summary>A container; null when there is none.</summary>
    public async Task<EngineContainer?> Find(string id)
    {
        using HttpResponseMessage answer = await _http.GetAsync($"/containers/{id}/json");
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        using JsonDocument found = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        JsonElement root = found.RootElement, state = root.GetProperty("State"), limits = root.GetProperty("HostConfig");
        JsonElement labels = root.GetProperty("Config").GetProperty("Labels");
        return new EngineContainer(
            id, Label("org.actorscheduler.task-id"), Label("org.actorscheduler.framework-id"), Label("org.actorscheduler.agent-id"),
            state.GetProperty("Running").GetBoolean(), state.GetProperty("StartedAt").GetString()!, state.GetProperty("Pid").GetInt32(),
            limits.GetProperty("CpuShares").GetInt64() / 1024.0, limits.GetProperty("Memory").GetInt64());

        string Label(string name) => labels.TryGetProperty(name, out JsonElement label) ? label.GetString()! : "";
    }

    /// <summary>All containers, or those that run.</summary>
    public async Task<IReadOnlyList<EngineContainer>> Containers(bool all)
    {
        var containers = new List<EngineContainer>();
        foreach (string id in await Ids(all))
        {
            if (await Find(id) is { } container)
                containers.Add(container);
        }
        return containers;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}

/// <summary>A container as its engine tells it.</summary>
/// <param name="Id">The engine's id.</param>
/// <param name="TaskId">For which task.</param>
/// <param name="FrameworkId">Of which framework.</param>
/// <param name="AgentId">Of which agent.</param>
/// <param name="Runs">Whether it runs.</param>
/// <param name="StartedAt">When it was started, in the engine's own words.</param>
/// <param name="ProcessId">Its first process on the host; 0 when it does not run.</param>
/// <param name="Cpus">Its weight on processors, 1 for a cpu.</param>
/// <param name="Memory">Most bytes that it may have.</param>
internal sealed record EngineContainer(
    string Id, string TaskId, string FrameworkId, string AgentId, bool Runs, string StartedAt, int ProcessId, double Cpus, long Memory)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{TaskId} ({Id[..12]}, {(Runs ? "runs" : "ended")}, since {StartedAt})");
}
