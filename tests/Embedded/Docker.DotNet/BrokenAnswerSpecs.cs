using System.Net;
using Docker.DotNet.Models;
using Docker.DotNet.Specs.Fake;

namespace Docker.DotNet.Specs;

public sealed class BrokenAnswerSpecs
{
    [Theory]
    [InlineData("No such container: c")]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("")]
    public async Task A_refusal_carries_status_and_body_whatever_the_body_is(string body)
    {
        await using var engine =
            new FakeEngine(exchange => exchange.AnswerAsync(body, "500 Internal Server Error", type: "text/plain"));
        using var client = engine.Client();

        var failure = await Assert.ThrowsAsync<DockerApiException>(() => client.Containers.InspectContainerAsync("c"));

        Assert.Equal(HttpStatusCode.InternalServerError, failure.StatusCode);
        Assert.Equal(body, failure.ResponseBody);
    }

    [Fact]
    public async Task What_is_missing_is_told_by_the_kind_of_the_exception()
    {
        await using var engine = new FakeEngine(exchange => exchange.AnswerAsync("{\"message\":\"none\"}", "404 Not Found"));
        using var client = engine.Client();

        await Assert.ThrowsAsync<DockerContainerNotFoundException>(() => client.Containers.StartContainerAsync("c", null));
        await Assert.ThrowsAsync<DockerImageNotFoundException>(
            () => client.Containers.CreateContainerAsync(new CreateContainerParameters { Image = "i" }));
        await Assert.ThrowsAsync<DockerImageNotFoundException>(() => client.Images.InspectImageAsync("i"));
        await Assert.ThrowsAsync<DockerNetworkNotFoundException>(() => client.Networks.InspectNetworkAsync("n"));
        await Assert.ThrowsAsync<DockerApiException>(() => client.Volumes.InspectAsync("v"));
        Assert.Equal(1, engine.Connections);
    }

    [Theory]
    [InlineData("this is not JSON")]
    [InlineData("{\"ID\":")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("null")]
    public async Task Success_with_a_body_that_is_not_the_expected_JSON_says_what_came(string body)
    {
        await using var engine = new FakeEngine(exchange => exchange.AnswerAsync(body));
        using var client = engine.Client();

        var failure = await Assert.ThrowsAsync<DockerApiException>(() => client.System.GetSystemInfoAsync());

        Assert.Equal(HttpStatusCode.OK, failure.StatusCode);
        Assert.Equal(body, failure.ResponseBody);
        Assert.Contains("GET /info", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ID\":")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"ID\"")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("")]
    public async Task A_connection_closed_in_the_middle_says_so(string part)
    {
        await using var engine = new FakeEngine(async exchange =>
        {
            await exchange.SendAsync(part);
            exchange.Close();
        });
        using var client = engine.Client();

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.System.GetSystemInfoAsync());

        Assert.Contains("closed the connection before its answer was complete", failure.Message, StringComparison.Ordinal);
        Assert.Contains("GET /info", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_speak_HTTP_is_told_so()
    {
        await using var engine = new FakeEngine(async exchange =>
        {
            await exchange.SendAsync("SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n");
            exchange.Close();
        });
        using var client = engine.Client();

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.System.PingAsync());

        Assert.Contains("does not speak HTTP", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garbage_in_a_stream_of_messages_ends_it_with_what_came_before_reported()
    {
        await using var engine = new FakeEngine(async exchange =>
        {
            await exchange.BeginChunksAsync();
            await exchange.ChunkAsync("{\"Action\":\"create\"}{\"Action\":\"start\"}\n\n{\"Act");
            await exchange.ChunkAsync("ion\":\"die\"}");
            await exchange.ChunkAsync("\u0001\u0002 oops");
            await exchange.HangAsync();
        });
        using var client = engine.Client();
        var heard = new Heard<Message>();

        await Assert.ThrowsAsync<DockerApiException>(
            () => client.System.MonitorEventsAsync(new ContainerEventsParameters(), heard));

        Assert.Equal(["create", "start", "die"], heard.All.Select(message => message.Action));
        await Until.TrueAsync(() => engine.OpenConnections == 0, "the connection to be closed");
    }

    [Fact]
    public async Task A_stream_of_messages_cut_off_is_a_failure_and_not_an_end()
    {
        await using var engine = new FakeEngine(async exchange =>
        {
            await exchange.BeginChunksAsync();
            await exchange.ChunkAsync("{\"Action\":\"create\"}\n");
            exchange.Close();
        });
        using var client = engine.Client();
        var heard = new Heard<Message>();

        await Assert.ThrowsAsync<HttpRequestException>(
            () => client.System.MonitorEventsAsync(new ContainerEventsParameters(), heard));

        Assert.Single(heard.All);
    }

    [Fact]
    public async Task An_engine_that_is_not_there_is_named()
    {
        using var client = new DockerClientConfiguration(new Uri("unix:///nowhere/docker.sock")).CreateClient();

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.System.PingAsync());

        Assert.Contains("unix:///nowhere/docker.sock cannot be reached", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task An_id_that_is_empty_is_refused_before_anything_is_sent(string? id)
    {
        await using var engine = new FakeEngine(exchange => exchange.AnswerAsync("{}"));
        using var client = engine.Client();

        await Assert.ThrowsAsync<ArgumentNullException>(() => client.Containers.InspectContainerAsync(id));
        await Assert.ThrowsAsync<ArgumentNullException>(() => client.Images.InspectImageAsync(id));
        await Assert.ThrowsAsync<ArgumentException>(() => client.Containers.InspectContainerAsync(".."));
        await Assert.ThrowsAsync<ArgumentException>(() => client.Images.InspectImageAsync("../containers/c"));
        Assert.Equal(0, engine.Requests);
    }
}
