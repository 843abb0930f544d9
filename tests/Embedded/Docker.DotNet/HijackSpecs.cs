using System.Text;
using Docker.DotNet.Models;
using Docker.DotNet.Specs.Fake;

namespace Docker.DotNet.Specs;

public sealed class HijackSpecs
{
    private const string Upgraded =
        "HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n";

    private static readonly ContainerAttachParameters All = new() { Stream = true, Stdin = true, Stdout = true, Stderr = true };

    [Fact]
    public async Task Input_closed_for_writing_ends_at_the_engine_while_output_goes_on()
    {
        await using var engine = new FakeEngine(async exchange =>
        {
            await exchange.SendAsync(Upgraded + "\u0001\0\0\0\0\0\0\u0002hi");
            var input = await new StreamReader(exchange.Connection).ReadToEndAsync();
            await exchange.SendAsync("\u0002\0\0\0\0\0\0" + (char)(input.Length + 5) + "back " + input);
            exchange.Close();
        });
        using var client = engine.Client();
        using var attached = await client.Containers.AttachContainerAsync("c", tty: false, All);

        await attached.WriteAsync("some input"u8.ToArray(), 0, 10, default);
        attached.CloseWrite();
        var (output, error) = await attached.ReadOutputToEndAsync(default);

        Assert.Equal("hi", output);
        Assert.Equal("back some input", error);
    }

    [Fact]
    public async Task The_request_asks_for_the_connection_and_says_which_streams()
    {
        var (line, head) = ("", "");
        await using var engine = new FakeEngine(async exchange =>
        {
            (line, head) = (exchange.Line, exchange.Head);
            await exchange.SendAsync(Upgraded);
            exchange.Close();
        });
        using var client = engine.Client();

        using var attached = await client.Containers.AttachContainerAsync("c", tty: true, All);
        Assert.True((await attached.ReadOutputAsync(new byte[1], 0, 1, default)).EOF);

        Assert.Equal("POST /v1.41/containers/c/attach?stream=true&stdin=true&stdout=true&stderr=true", line);
        Assert.Contains("Upgrade: tcp", head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Connection: Upgrade", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_refusal_is_an_exception_and_leaves_no_connection()
    {
        await using var engine = new FakeEngine(exchange => exchange.AnswerAsync("{\"message\":\"gone\"}", "404 Not Found"));
        using var client = engine.Client();

        await Assert.ThrowsAsync<DockerContainerNotFoundException>(
            () => client.Containers.AttachContainerAsync("c", tty: false, All));

        await Until.TrueAsync(() => engine.OpenConnections == 0, "the connection to be closed");
    }

    [Fact]
    public async Task An_engine_that_does_not_hand_over_in_time_fails_the_attach()
    {
        await using var engine = new FakeEngine(exchange => exchange.HangAsync());
        using var client = engine.Client(TimeSpan.FromMilliseconds(200));

        var failure =
            await Assert.ThrowsAsync<TaskCanceledException>(() => client.Exec.StartAndAttachContainerExecAsync("e", tty: false));

        Assert.IsType<TimeoutException>(failure.InnerException);
        await Until.TrueAsync(() => engine.OpenConnections == 0, "the connection to be closed");
    }

    [Fact]
    public async Task Disposing_the_stream_closes_the_connection_and_reading_can_be_cancelled()
    {
        await using var engine = new FakeEngine(async exchange =>
        {
            await exchange.SendAsync(Upgraded);
            await exchange.HangAsync();
        });
        using var client = engine.Client();
        var attached = await client.Containers.AttachContainerAsync("c", tty: false, All);
        using var cancel = new CancellationTokenSource();

        var reading = attached.ReadOutputAsync(new byte[10], 0, 10, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading).WaitAsync(TimeSpan.FromSeconds(5));
        attached.Dispose();

        await Until.TrueAsync(() => engine.OpenConnections == 0, "the connection to be closed");
    }

    [Fact]
    public async Task Twenty_at_once_each_get_their_own_connection()
    {
        await using var engine = new FakeEngine(async exchange =>
        {
            await exchange.SendAsync(Upgraded);
            var input = await new StreamReader(exchange.Connection, Encoding.UTF8).ReadToEndAsync();
            await exchange.SendAsync($"{exchange.Line.Split('/')[3]} got {input}");
            exchange.Close();
        });
        using var client = engine.Client();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var attached = await client.Containers.AttachContainerAsync($"c{i}", tty: true, All);
            await attached.WriteAsync(Encoding.UTF8.GetBytes($"<{i}>"), 0, $"<{i}>".Length, default);
            attached.CloseWrite();
            Assert.Equal($"c{i} got <{i}>", (await attached.ReadOutputToEndAsync(default)).stdout);
        }));

        Assert.Equal(20, engine.Connections);
    }
}
