using System.Net;
using System.Net.WebSockets;
using ActorScheduler.Client;
using ActorScheduler.Model;
using ActorScheduler.Processes;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links.Http;
using ActorScheduler.Protocol.Serialization;
using Akka.Actor;

namespace ActorScheduler.Gateway.Specs.Links;

/// <summary>Schedulers and commands in tasks by HTTP: the one door that knows people.</summary>
public sealed class LinkSpecs : IAsyncLifetime
{
    private const string Operator = "0123456789abcdef";
    private const string Viewer = "fedcba9876543210";

    private readonly Asched _asched = new();

    [Fact]
    public async Task A_scheduler_by_http_works_on_when_its_node_is_killed()
    {
        string seeds = $"{_asched.Contact(1)},{_asched.Contact(2)},{_asched.Contact(3)}", journal = $"sqlite:{Path.Combine(_asched.Folder, "journal.db")}";
        NodeProcess[] nodes = [.. Enumerable.Range(1, 3).Select(number => _asched.Node(number, "--containerizers", "simulated", "--seeds", seeds, "--journal", journal))];
        await Task.WhenAll(nodes.Select(static node => node.Line(static line => line.EndsWith("Ready", StringComparison.Ordinal), Asched.Limit)));
        await using var client = new SchedulerClient(Options($"{_asched.Url(1)},{_asched.Url(2)},{_asched.Url(3)}"));
        await using FrameworkSession session = await client.RegisterAsync(Framework);
        Assert.Equal(TaskState.Finished, await Runs(session, "before"));

        nodes[0].Kill();

        Assert.Equal(TaskState.Finished, await Runs(session, "after"));
    }

    [Fact]
    public async Task Who_may_only_look_neither_runs_nor_schedules_nor_steps_into_a_task()
    {
        await Master("--http-access", _asched.Kept("access", $"alice operator {Operator}", $"bob viewer {Viewer}"));
        string bob = _asched.Kept("bob", Viewer), alice = _asched.Kept("alice", Operator);
        await using var viewer = new SchedulerClient(Options(_asched.Url(1)) with { Token = Viewer });
        await using var nobody = new SchedulerClient(Options(_asched.Url(1)));

        (int code, string error) = await Asched.Fails("run", "--http", _asched.Url(1), "--token-file", bob, "--", "id");
        var refused = await Assert.ThrowsAsync<CommandRefusedException>(() => viewer.RegisterAsync(Framework));
        var unknown = await Assert.ThrowsAsync<CommandRefusedException>(() => nobody.AskAllocatorAsync<AgentsSnapshot>(new GetAgents()));

        Assert.Equal((125, true), (code, error.Contains("may look, and not decide", StringComparison.Ordinal)));
        Assert.Contains("a viewer, who may look", refused.Message, StringComparison.Ordinal);
        Assert.Contains("a token that the node knows", unknown.Message, StringComparison.Ordinal);
        await Asched.Says("run", "--http", _asched.Url(1), "--token-file", alice, "--cpus", "0.1", "--mem", "10", "--detach", "--", "true");
        Assert.Single((await Look()).Frameworks);
    }

    [Fact]
    public async Task A_token_that_is_taken_away_ends_what_it_has_opened()
    {
        NodeProcess node = await Master("--http-access", _asched.Kept("access", $"alice operator {Operator}", $"carol operator {Viewer}"));
        await using var client = new SchedulerClient(Options(_asched.Url(1)) with { Token = Operator });
        await using FrameworkSession session = await client.RegisterAsync(Framework);

        _asched.Kept("access", $"alice viewer {Operator}", $"carol operator {Viewer}");

        await node.Line(static line => line.Contains("alice at 127.", StringComparison.Ordinal) && line.EndsWith("GET /v1/link was answered with 403", StringComparison.Ordinal), Asched.Limit);
        await Assert.ThrowsAsync<CommandRefusedException>(() => client.RegisterAsync(Framework));
    }

    [Fact]
    public async Task What_is_no_link_of_ours_is_refused_and_nothing_else_notices()
    {
        NodeProcess node = await Master();
        await using var client = new SchedulerClient(Options(_asched.Url(1)));
        await using FrameworkSession session = await client.RegisterAsync(Framework);
        using var http = new HttpClient();

        Assert.Equal(HttpStatusCode.UpgradeRequired, (await http.GetAsync(new Uri($"{_asched.Url(1)}/v1/link"))).StatusCode);
        Assert.Equal(HttpStatusCode.UpgradeRequired, await Opens(protocol: "other"));
        Assert.Equal(HttpStatusCode.Forbidden, await Opens(origin: "http://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await Opens(origin: _asched.Url(1)));
        var random = new Random(13);
        for (int i = 0; i < 50; i++)
        {
            byte[] noise = new byte[random.Next(1, 400)];
            random.NextBytes(noise);
            // Half of them begin as a frame does.
            if (i % 2 == 0)
                noise[0] = (byte)random.Next(1, 5);
            using WebSocket socket = await Open();
            await socket.SendAsync(noise, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        }

        Assert.Equal(TaskState.Finished, await Runs(session, "still"));
        Assert.DoesNotContain(node.Lines, static line => line.Contains("ERROR", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_nodes_say_among_each_other_is_not_for_clients()
    {
        await Master();
        using var system = ActorSystem.Create("peer", ProtocolConfig.Reference);
        var serializer = new ProtocolSerializer((ExtendedActorSystem)system);
        IActorRef nobody = system.DeadLetters;
        IProtocolMessage[] theirs =
        [
            new AgentHeartbeat(new AgentId("a"), Guid.NewGuid(), nobody, new Epoch(1)),
            new LeaveCluster(new AgentId("a"), Guid.NewGuid()),
            new RemoveFramework(new FrameworkId("f")),
            new ReportUpdates(new FrameworkId("f"), new AgentId("a"), nobody, []),
            new ExecutionEnded(1, null),
        ];
        using WebSocket socket = await Open();
        byte[] buffer = new byte[64 * 1024];

        foreach (IProtocolMessage message in theirs)
        {
            await socket.SendAsync(
                new LinkFrame(LinkFrameKind.Message, 1, 0, serializer.Manifest(message), serializer.ToBinary(message)).ToBytes(), WebSocketMessageType.Binary, true, CancellationToken.None);
            ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).AsTask().WaitAsync(Asched.Limit);

            Assert.True(LinkFrame.TryRead(buffer.AsMemory(0, received.Count), out LinkFrame answer));
            var refused = Assert.IsType<CommandRefused>(serializer.FromBinary(answer.Payload.ToArray(), answer.Manifest));
            Assert.Contains($"{message.GetType().Name} is not for clients", refused.Problem.Reason, StringComparison.Ordinal);
        }
    }

    public Task InitializeAsync() => _asched.InitializeAsync();

    public Task DisposeAsync() => _asched.DisposeAsync();

    private static FrameworkInfo Framework => new() { Name = "by-http", Roles = ["*"] };

    private static SchedulerClientOptions Options(string contacts) => new() { Contacts = contacts, CommandTimeout = Asched.Limit };

    private static async Task<TaskState> Runs(FrameworkSession session, string id)
    {
        using var limit = new CancellationTokenSource(Asched.Limit);
        var task = new TaskInfo
        {
            Id = new TaskId(id), Resources = Resources.Of(cpus: 0.1, mem: 10), Command = new CommandInfo("true"), Labels = new Labels(new Label("simulate.run", "0.05")),
        };
        await session.ReviveAsync(cancellation: limit.Token);
        await foreach (Offer offer in session.OffersAsync(limit.Token))
        {
            if ((await session.LaunchAsync(offer, task)).IsDone)
                break;
        }
        await foreach (var update in session.UpdatesAsync(limit.Token))
        {
            if (update.TaskId == task.Id && update.State.IsTerminal())
                return update.State;
        }
        throw new InvalidOperationException("the session ended");
    }

    private async Task<NodeProcess> Master(params string[] more)
    {
        NodeProcess node = _asched.Node(1, ["--containerizers", "simulated", .. more]);
        await node.Line(static line => line.EndsWith("Ready", StringComparison.Ordinal), Asched.Limit);
        return node;
    }

    private async Task<FrameworksSnapshot> Look()
    {
        await using var client = new SchedulerClient(Options(_asched.Url(1)) with { Token = Operator });
        return await client.AskAllocatorAsync<FrameworksSnapshot>(new GetFrameworks());
    }

    private async Task<WebSocket> Open(string protocol = LinkFrame.Subprotocol, string? origin = null, ClientWebSocket? socket = null)
    {
        socket ??= new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol);
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(new Uri($"{_asched.Url(1).Replace("http:", "ws:", StringComparison.Ordinal)}/v1/link"), CancellationToken.None);
        return socket;
    }

    private async Task<HttpStatusCode> Opens(string protocol = LinkFrame.Subprotocol, string? origin = null)
    {
        using var socket = new ClientWebSocket();
        await Assert.ThrowsAsync<WebSocketException>(() => Open(protocol, origin, socket));
        return socket.HttpStatusCode;
    }
}
