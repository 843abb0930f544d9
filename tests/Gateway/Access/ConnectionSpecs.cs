using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using ActorScheduler.Processes;

namespace ActorScheduler.Gateway.Specs.Access;

/// <summary>Whoever connects and says nothing, however often, keeps nobody else away and ends nothing.</summary>
public sealed class ConnectionSpecs : IAsyncLifetime
{
    private const string Alice = "0123456789abcdef";

    private readonly Asched _asched = new();

    [Theory]
    [InlineData("8080")]
    [InlineData("2551")]
    public async Task A_flood_of_silent_connections_leaves_a_node_that_answers_and_files_for_its_work(string port)
    {
        // So few as a limit can be: the flood has more than there are.
        NodeProcess node = await LimitedNode(files: 1000);
        var flood = new List<Socket>();
        try
        {
            for (var i = 0; i < 1500; i++)
                flood.Add(await Knock(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)));

            Assert.Equal(HttpStatusCode.OK, await Ask());
            Assert.InRange(Directory.EnumerateFileSystemEntries($"/proc/{node.Id}/fd").Count(), 1, 750);
            await node.Line(static line => line.Contains("connections: further ones take the place", StringComparison.Ordinal), Asched.Limit);
            await Asched.Says("run", "--http", _asched.Url(1), "--token-file", _asched.Kept("alice", Alice), "--cpus", "0.1", "--mem", "10", "--", "true");
            Assert.False(node.HasExited);
        }
        finally
        {
            flood.ForEach(static socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task A_limit_that_leaves_nothing_for_the_node_is_refused_by_its_key()
    {
        string file = Path.Combine(_asched.Folder, "node.conf");
        await File.WriteAllTextAsync(file, "actorscheduler.node.connections.http = 90000000");

        NodeProcess node = _asched.Node(1, "--config", file);

        Assert.Equal(2, await node.Exit(Asched.Limit));
        await node.Line(static line => line.Contains("actorscheduler.node.connections.http", StringComparison.Ordinal) && line.Contains("ulimit -n", StringComparison.Ordinal), Asched.Limit);
    }

    public Task InitializeAsync() => _asched.InitializeAsync();

    public Task DisposeAsync() => _asched.DisposeAsync();

    private async Task<NodeProcess> LimitedNode(int files)
    {
        NodeProcess node = _asched.Limited(1, files, "--containerizers", "process", "--http-access", _asched.Kept("access", $"alice operator {Alice}"));
        await node.Line(static line => line.EndsWith("Ready", StringComparison.Ordinal), Asched.Limit);
        return node;
    }

    private async Task<Socket> Knock(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Parse(_asched.Host(1)), port);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Refused so fast that it was not even made.
        }
        return socket;
    }

    private async Task<HttpStatusCode> Ask()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Alice);
        using HttpResponseMessage response = await http.GetAsync(new Uri($"{_asched.Url(1)}/v1/agents"));
        return response.StatusCode;
    }
}
