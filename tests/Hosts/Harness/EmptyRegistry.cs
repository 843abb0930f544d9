using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorScheduler.Hosts.Specs.Harness;

/// <summary>A registry of images that has none, on this machine: engines speak plain HTTP to such.</summary>
internal sealed class EmptyRegistry : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _answering;

    public EmptyRegistry()
    {
        _listener.Start();
        _answering = Answer();
    }

    /// <summary>HOST:PORT.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Answer()
    {
        while (true)
        {
            using TcpClient caller = await _listener.AcceptTcpClientAsync();
            byte[] head = new byte[4096];
            string request = Encoding.ASCII.GetString(head, 0, await caller.GetStream().ReadAsync(head));
            // Engines try it encrypted first.
            if (!request.StartsWith("GET ", StringComparison.Ordinal) && !request.StartsWith("HEAD ", StringComparison.Ordinal))
                continue;
            bool isGreeting = request.Contains(" /v2/ ", StringComparison.Ordinal);
            string body = isGreeting ? "{}" : """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}""";
            await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {(isGreeting ? "200 OK" : "404 Not Found")}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        }
    }
}
