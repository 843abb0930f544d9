using System.Net;
using System.Net.Sockets;
using Akka.Actor;

namespace Akka.Remote.Specs;

/// <summary>Peers that are no nodes.</summary>
public sealed class HostileSpecs : RemoteSpec
{
    public static TheoryData<string, byte[]> Garbage => new()
    {
        { "noise", [.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 31))] },
        { "a huge length", [0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3] },
        { "a negative length", [0xFF, 0xFF, 0xFF, 0xFF, 1] },
        { "an empty frame", [0, 0, 0, 0] },
        { "a message without a greeting", [2, 0, 0, 0, 4, 0] },
        { "a greeting that ends in the middle", [3, 0, 0, 0, 1, 2, 200] },
        { "an http request", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray() },
    };

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task Garbage_ends_its_own_connection_and_nothing_else(string what, byte[] bytes)
    {
        using var socket = await Connect();
        await socket.SendAsync(bytes);

        var buffer = new byte[256];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var closed = false;
        try
        {
            closed = await socket.ReceiveAsync(buffer, limit.Token) == 0;
        }
        catch (SocketException)
        {
            closed = true;
        }

        Assert.True(closed, $"The connection that sent {what} is still open");
        var echo = await RemoteEcho();
        echo.Tell(what);
        await ExpectMsgAsync(what);
    }

    [Fact]
    public async Task A_flood_of_connections_that_say_nothing_does_not_keep_nodes_out()
    {
        var sockets = new List<Socket>();
        for (var i = 0; i < 400; i++) sockets.Add(await Connect());
        foreach (var socket in sockets) socket.Dispose();

        await AwaitAssertAsync(async () => await RemoteEcho(), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_peer_is_logged_once_however_much_it_sends()
    {
        await CreateEventFilter(Other).Warning(contains: "is no node").ExpectAsync(1, async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                using var socket = await Connect();
                await socket.SendAsync(new byte[] { 0xFF, 0xFF, 0xFF, 0x7F });
                await socket.ReceiveAsync(new byte[1]);
            }
        });
    }

    private async Task<Socket> Connect()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, AddressOf(Other).Port!.Value);
        return socket;
    }
}
