using System.Net.Sockets;

namespace Docker.DotNet.Specs.Fake;

/// <summary>
/// A stand-in for dockerd on a unix socket that answers as a test says, byte by byte where wanted. Each connection is handed to
/// the script; requests and connections are counted.
/// </summary>
public sealed class FakeEngine : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<FakeExchange, Task> _answer;
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"fake-engine-{Guid.NewGuid():N}.sock");
    private readonly Task _accepting;
    private int _connections;
    private int _open;
    private int _requests;
    private int _answering;

    /// <param name="answer">Runs for each request that comes.</param>
    public FakeEngine(Func<FakeExchange, Task> answer)
    {
        _answer = answer;
        _listener.Bind(new UnixDomainSocketEndPoint(_path));
        _listener.Listen(128);
        _accepting = AcceptAsync();
    }

    public int Connections => Volatile.Read(ref _connections);

    public int OpenConnections => Volatile.Read(ref _open);

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>
    /// Requests whose connections are held: one that hangs ends with its connection. A client that gave up while it was still
    /// connecting may keep that connection for later, so open connections say less.
    /// </summary>
    public int OpenRequests => Volatile.Read(ref _answering);

    public Uri Endpoint => new("unix://" + _path);

    public CancellationToken Stopping => _stop.Token;

    /// <summary>A client that names version 1.41, so that it does not ask for one.</summary>
    public DockerClient Client(TimeSpan timeout = default, Version? version = null) =>
        new DockerClientConfiguration(Endpoint, defaultTimeout: timeout == default ? TimeSpan.FromSeconds(20) : timeout)
            .CreateClient(version ?? new Version(1, 41));

    public DockerClient NegotiatingClient() =>
        new DockerClientConfiguration(Endpoint, defaultTimeout: TimeSpan.FromSeconds(20)).CreateClient();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        File.Delete(_path);
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                Interlocked.Increment(ref _open);
                serving.Add(ServeAsync(socket));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            while (await FakeExchange.ReadAsync(stream, socket, _stop.Token) is { } exchange)
            {
                Interlocked.Increment(ref _requests);
                Interlocked.Increment(ref _answering);
                try
                {
                    await _answer(exchange);
                }
                finally
                {
                    Interlocked.Decrement(ref _answering);
                }

                if (exchange.Closed) break;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
