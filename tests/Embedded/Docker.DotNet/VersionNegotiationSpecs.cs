using System.Collections.Concurrent;
using Docker.DotNet.Specs.Fake;

namespace Docker.DotNet.Specs;

public sealed class VersionNegotiationSpecs
{
    [Theory]
    [InlineData("1.41", "/v1.41/info")]
    [InlineData("1.24", "/v1.24/info")]
    [InlineData("1.47", "/v1.47/info")]
    [InlineData("1.99", "/v1.47/info")]
    [InlineData("2.0", "/v1.47/info")]
    public async Task The_lower_of_the_engines_and_the_clients_newest_version_is_used(string engines, string expected)
    {
        var lines = new ConcurrentQueue<string>();
        await using var engine = new FakeEngine(exchange =>
        {
            lines.Enqueue(exchange.Line);
            return exchange.AnswerAsync("{}", headers: $"Api-Version: {engines}\r\n");
        });
        using var client = engine.NegotiatingClient();

        await client.System.GetSystemInfoAsync();
        await client.System.GetSystemInfoAsync();

        Assert.Equal(["GET /_ping", "GET " + expected, "GET " + expected], lines);
    }

    [Fact]
    public async Task A_version_asked_for_is_used_without_a_question()
    {
        var lines = new ConcurrentQueue<string>();
        await using var engine = new FakeEngine(exchange =>
        {
            lines.Enqueue(exchange.Line);
            return exchange.AnswerAsync("{}");
        });
        using var client = engine.Client(version: new Version(1, 30));

        await client.System.GetSystemInfoAsync();

        Assert.Equal("GET /v1.30/info", Assert.Single(lines));
    }

    [Fact]
    public async Task An_engine_that_tells_no_version_is_asked_without_one()
    {
        await using var engine =
            new FakeEngine(exchange => exchange.Line.EndsWith("/info", StringComparison.Ordinal) && exchange.Line != "GET /info"
            ? exchange.AnswerAsync("", "400 Bad Request")
            : exchange.AnswerAsync("{\"Name\":\"old\"}"));
        using var client = engine.NegotiatingClient();

        Assert.Equal("old", (await client.System.GetSystemInfoAsync()).Name);
    }

    [Fact]
    public async Task Many_first_requests_share_one_question()
    {
        var pings = 0;
        await using var engine = new FakeEngine(exchange =>
        {
            if (exchange.Line == "GET /_ping") Interlocked.Increment(ref pings);
            return exchange.AnswerAsync("{}", headers: "Api-Version: 1.41\r\n");
        });
        using var client = engine.NegotiatingClient();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.System.GetSystemInfoAsync()));

        Assert.Equal(1, pings);
    }

    [Fact]
    public async Task A_question_that_failed_is_asked_again()
    {
        var pings = 0;
        await using var engine = new FakeEngine(exchange => exchange.Line == "GET /_ping" && Interlocked.Increment(ref pings) == 1
            ? exchange.AnswerAsync("starting", "503 Service Unavailable")
            : exchange.AnswerAsync("{}", headers: "Api-Version: 1.41\r\n"));
        using var client = engine.NegotiatingClient();

        await Assert.ThrowsAsync<DockerApiException>(() => client.System.GetSystemInfoAsync());
        await client.System.GetSystemInfoAsync();

        Assert.Equal(2, pings);
    }

    [Fact]
    public async Task A_version_that_is_refused_is_agreed_on_anew()
    {
        var lines = new ConcurrentQueue<string>();
        var version = "1.45";
        await using var engine = new FakeEngine(exchange =>
        {
            lines.Enqueue(exchange.Line);
            return exchange.Line switch
            {
                "GET /_ping" => exchange.AnswerAsync("OK", headers: $"Api-Version: {version}\r\n"),
                "GET /v1.45/info" => exchange.AnswerAsync("{\"message\":\"client version 1.45 is too new\"}", "400 Bad Request"),
                _ => exchange.AnswerAsync("{}"),
            };
        });
        using var client = engine.NegotiatingClient();

        await Assert.ThrowsAsync<DockerApiException>(() => client.System.GetSystemInfoAsync());
        version = "1.41";
        await client.System.GetSystemInfoAsync();

        Assert.Equal("GET /v1.41/info", lines.Last());
    }
}
