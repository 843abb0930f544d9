using Docker.DotNet.Models;
using Docker.DotNet.Specs.Fake;
using Microsoft.Net.Http.Client;

namespace Docker.DotNet.Specs;

public sealed class ConnectionSpecs
{
    [Fact]
    public async Task Requests_one_after_another_share_one_connection()
    {
        await using var engine = new FakeEngine(exchange => exchange.AnswerAsync("{}"));
        using var client = engine.Client();

        for (var i = 0; i < 50; i++) await client.System.GetSystemInfoAsync();

        Assert.Equal(50, engine.Requests);
        Assert.Equal(1, engine.Connections);
    }

    [Fact]
    public async Task A_refusal_does_not_cost_the_connection()
    {
        await using var engine = new FakeEngine(exchange => exchange.AnswerAsync("{\"message\":\"conflict\"}", "409 Conflict"));
        using var client = engine.Client();

        for (var i = 0; i < 10; i++) await Assert.ThrowsAsync<DockerApiException>(
            () => client.Containers.StartContainerAsync("c", null));

        Assert.Equal(1, engine.Connections);
    }

    [Fact]
    public async Task Short_requests_at_once_have_a_bound_and_the_rest_waits()
    {
        var release = new TaskCompletionSource();
        await using var engine = new FakeEngine(async exchange =>
        {
            await release.Task;
            await exchange.AnswerAsync("{}");
        });
        using var client = engine.Client();

        var all = Enumerable.Range(0, ManagedHandler.MaximumExchanges * 3).Select(_ => client.System.GetSystemInfoAsync())
            .ToArray();
        await Until.TrueAsync(() => engine.Requests == ManagedHandler.MaximumExchanges, "as many requests as the bound allows");
        release.SetResult();
        await Task.WhenAll(all);

        Assert.Equal(ManagedHandler.MaximumExchanges, engine.Connections);
        Assert.Equal(all.Length, engine.Requests);
    }

    [Fact]
    public async Task Waits_do_not_take_the_connections_of_short_requests()
    {
        await using var engine = new FakeEngine(exchange =>
            exchange.Line.EndsWith("/wait", StringComparison.Ordinal) ? exchange.HangAsync() : exchange.AnswerAsync("{}"));
        using var client = engine.Client();
        using var cancel = new CancellationTokenSource();

        var waits = Enumerable.Range(0, ManagedHandler.MaximumExchanges * 2)
            .Select(i => client.Containers.WaitContainerAsync($"c{i}", cancel.Token)).ToArray();
        await Until.TrueAsync(() => engine.Requests == waits.Length, "all waits to be under way");
        await client.System.GetSystemInfoAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waits));
        await Until.TrueAsync(() => engine.OpenConnections == 1, "only the idle connection to stay");
    }

    [Fact]
    public async Task Cancelling_a_hundred_streams_leaks_no_connection()
    {
        await using var engine = new FakeEngine(async exchange =>
        {
            await exchange.BeginChunksAsync();
            await exchange.ChunkAsync("{\"Action\":\"start\"}\n");
            await exchange.HangAsync();
        });
        using var client = engine.Client();
        for (var i = 0; i < 100; i++)
        {
            using var cancel = new CancellationTokenSource();
            var heard = new Heard<Message>();
            var monitoring = client.System.MonitorEventsAsync(new ContainerEventsParameters(), heard, cancel.Token);
            await heard.AtLeastAsync(1);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => monitoring);
        }

        await Until.TrueAsync(() => engine.OpenConnections == 0, "all connections to be closed");
    }

    [Fact]
    public async Task A_stream_disposed_before_its_end_closes_its_connection()
    {
        await using var engine = new FakeEngine(async exchange =>
        {
            await exchange.BeginChunksAsync();
            await exchange.ChunkAsync("some of an archive");
            await exchange.HangAsync();
        });
        using var client = engine.Client();

        await (await client.Containers.ExportContainerAsync("c")).DisposeAsync();

        await Until.TrueAsync(() => engine.OpenConnections == 0, "the connection to be closed");
    }

    [Fact]
    public async Task Disposing_the_client_cancels_what_is_under_way()
    {
        await using var engine = new FakeEngine(async exchange =>
        {
            if (exchange.Line.Contains("events", StringComparison.Ordinal)) await exchange.BeginChunksAsync();
            await exchange.HangAsync();
        });
        var client = engine.Client();
        var waiting = client.Containers.WaitContainerAsync("c");
        var asking = client.System.GetSystemInfoAsync();
        var monitoring = client.System.MonitorEventsAsync(new ContainerEventsParameters(), new Heard<Message>());
        await Until.TrueAsync(() => engine.Requests == 3, "the requests to be under way");
        client.Dispose();

        foreach (var task in new Task[] { waiting, asking, monitoring })
        {
            var end = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task).WaitAsync(TimeSpan.FromSeconds(5));
            Assert.IsNotType<TimeoutException>(end.InnerException);
        }

        await Until.TrueAsync(() => engine.OpenConnections == 0, "the connections to be closed");
    }

    [Fact]
    public async Task An_engine_that_restarted_is_reached_again()
    {
        await using var engine = new FakeEngine(async exchange =>
        {
            await exchange.AnswerAsync("{}");
            exchange.Close();
        });
        using var client = engine.Client();

        for (var i = 0; i < 5; i++)
        {
            await client.System.GetSystemInfoAsync();
            await Until.TrueAsync(() => engine.OpenConnections == 0, "the engine to close the connection");
        }

        Assert.Equal(5, engine.Connections);
    }

    [Fact]
    public async Task Headers_of_the_configuration_go_with_each_request()
    {
        var head = "";
        await using var engine = new FakeEngine(exchange =>
        {
            head = exchange.Head;
            return exchange.AnswerAsync("{}");
        });
        var headers = new Dictionary<string, string> { ["X-Team"] = "blue" };
        using var configuration = new DockerClientConfiguration(engine.Endpoint, defaultHttpRequestHeaders: headers);
        using var client = configuration.CreateClient(new Version(1, 41));

        await client.System.GetSystemInfoAsync();

        Assert.Contains("X-Team: blue", head, StringComparison.Ordinal);
    }
}
