using System.Diagnostics;
using Docker.DotNet.Models;
using Docker.DotNet.Specs.Fake;

namespace Docker.DotNet.Specs;

public sealed class TimeoutSpecs
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task An_engine_that_never_answers_fails_the_request_after_the_default_timeout()
    {
        await using var engine = new FakeEngine(exchange => exchange.HangAsync());
        using var client = engine.Client(Short);

        var clock = Stopwatch.StartNew();
        var failure = await Assert.ThrowsAsync<TaskCanceledException>(() => client.System.GetSystemInfoAsync())
            .WaitAsync(Patience);

        Assert.IsType<TimeoutException>(failure.InnerException);
        Assert.Contains("GET /info", failure.Message, StringComparison.Ordinal);
        Assert.True(clock.Elapsed >= Short - TimeSpan.FromMilliseconds(20), $"Failed too early: {clock.Elapsed}");
        await Until.TrueAsync(() => engine.OpenRequests == 0, "the connection to be closed");
    }

    [Fact]
    public async Task A_body_that_stalls_fails_the_request_after_the_default_timeout()
    {
        await using var engine = new FakeEngine(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"ID\":");
            await exchange.HangAsync();
        });
        using var client = engine.Client(Short);

        var failure = await Assert.ThrowsAsync<TaskCanceledException>(() => client.System.GetSystemInfoAsync())
            .WaitAsync(Patience);

        Assert.IsType<TimeoutException>(failure.InnerException);
        await Until.TrueAsync(() => engine.OpenRequests == 0, "the connection to be closed");
    }

    [Fact]
    public async Task A_pull_fails_when_no_message_comes_for_the_default_timeout()
    {
        await using var engine = new FakeEngine(async exchange =>
        {
            await exchange.BeginChunksAsync();
            await exchange.ChunkAsync("{\"status\":\"Pulling\"}\r\n");
            await exchange.HangAsync();
        });
        using var client = engine.Client(Short);
        var heard = new Heard<JSONMessage>();

        var failure = await Assert.ThrowsAsync<TaskCanceledException>(
            () => client.Images.CreateImageAsync(new ImagesCreateParameters { FromImage = "a", Tag = "b" }, null, heard))
                .WaitAsync(Patience);

        Assert.IsType<TimeoutException>(failure.InnerException);
        Assert.Equal("Pulling", Assert.Single(heard.All).Status);
    }

    [Fact]
    public async Task Waiting_for_a_container_outlasts_the_default_timeout_until_cancelled()
    {
        await using var engine = new FakeEngine(async exchange =>
        {
            await exchange.BeginChunksAsync();
            await exchange.HangAsync();
        });
        using var client = engine.Client(TimeSpan.FromMilliseconds(50));
        using var cancel = new CancellationTokenSource();

        var waiting = client.Containers.WaitContainerAsync("c", cancel.Token);
        await Assert.ThrowsAsync<TaskCanceledException>(() => client.System.GetSystemInfoAsync());
        await Assert.ThrowsAsync<TaskCanceledException>(() => client.System.GetSystemInfoAsync());
        Assert.False(waiting.IsCompleted);
        await cancel.CancelAsync();

        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting).WaitAsync(Patience);
        Assert.Null(failure.InnerException as TimeoutException);
        await Until.TrueAsync(() => engine.OpenRequests == 0, "the connections to be closed");
    }

    [Fact]
    public async Task A_stop_is_given_its_grace_on_top_of_the_default_timeout()
    {
        await using var engine = new FakeEngine(exchange => exchange.HangAsync());
        using var client = engine.Client(Short);

        var clock = Stopwatch.StartNew();
        await Assert.ThrowsAsync<TaskCanceledException>(
            () => client.Containers.StopContainerAsync("c", new ContainerStopParameters { WaitBeforeKillSeconds = 1 }))
                .WaitAsync(Patience);

        Assert.InRange(clock.Elapsed.TotalSeconds, 1.15, 9);
    }

    [Fact]
    public async Task An_upload_that_moves_is_not_cut_off_and_one_that_stalls_is()
    {
        await using var engine = new FakeEngine(exchange => exchange.HangAsync());
        using var client = engine.Client(TimeSpan.FromSeconds(1.5));
        await using var slow = new DripStream(pieces: 12, every: TimeSpan.FromMilliseconds(200));

        var clock = Stopwatch.StartNew();
        await Assert.ThrowsAsync<TaskCanceledException>(
            () => client.Containers.ExtractArchiveToContainerAsync("c", new ContainerPathStatParameters { Path = "/" }, slow))
                .WaitAsync(TimeSpan.FromSeconds(20));

        // 12 pieces in 2.4 s, each of which starts the limit anew, then the limit.
        Assert.Equal(0, slow.PiecesLeft);
        Assert.InRange(clock.Elapsed.TotalSeconds, 3.7, 20);
    }

    [Fact]
    public async Task Events_end_at_once_when_cancelled_and_close_their_connection()
    {
        await using var engine = new FakeEngine(async exchange =>
        {
            await exchange.BeginChunksAsync();
            await exchange.ChunkAsync("{\"Action\":\"start\"}\n");
            await exchange.HangAsync();
        });
        using var client = engine.Client();
        using var cancel = new CancellationTokenSource();
        var heard = new Heard<Message>();

        var monitoring = client.System.MonitorEventsAsync(new ContainerEventsParameters(), heard, cancel.Token);
        await heard.AtLeastAsync(1);
        var clock = Stopwatch.StartNew();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => monitoring).WaitAsync(Patience);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"Took {clock.Elapsed}");
        await Until.TrueAsync(() => engine.OpenRequests == 0, "the connection to be closed");
    }
}
