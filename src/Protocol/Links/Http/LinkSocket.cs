using System.Net.WebSockets;
using System.Threading.Channels;

namespace ActorScheduler.Protocol.Links.Http;

/// <summary>
/// Frames over an open WebSocket, for either side. What is sent waits in memory up to a bound; whoever reads so slowly that it is reached loses
/// the link, and comes back with a new one.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "The source of the end has no timer and may be cancelled late: it is left to the collector.")]
public sealed class LinkSocket
{
    private const int MostWaiting = 64 << 20;
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    private readonly WebSocket _socket;
    private readonly Channel<byte[]> _waiting = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _over = new();
    private long _waitingBytes;
    private string _reason = "";

    /// <summary>Over a socket, which is open.</summary>
    public LinkSocket(WebSocket socket) => _socket = socket;

    /// <summary>Sends a frame, sooner or later; nothing happens when the link is over.</summary>
    public void Send(LinkFrame frame)
    {
        byte[] bytes = frame.ToBytes();
        if (bytes.Length > LinkFrame.MostBytes || Interlocked.Add(ref _waitingBytes, bytes.Length) > MostWaiting)
            End("the other side reads too slowly");
        else
            _waiting.Writer.TryWrite(bytes);
    }

    /// <summary>Ends the link; what waits is not sent any more.</summary>
    /// <param name="reason">For the other side.</param>
    public void End(string reason)
    {
        Interlocked.CompareExchange(ref _reason, reason, "");
        _waiting.Writer.TryComplete();
        _over.Cancel();
    }

    /// <summary>Passes on what is received, until the link is over.</summary>
    /// <param name="received">Takes each frame, one after the other.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Why it is over.</returns>
    public async Task<string> Run(Action<LinkFrame> received, CancellationToken cancellation)
    {
        await using CancellationTokenRegistration stopped = cancellation.Register(() => End("it was ended"));
        Task sending = SendWaiting();
        try
        {
            await Receive(received).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            End(e.Message);
        }
        End("the other side has ended it");
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Close().ConfigureAwait(false);
        return _reason;
    }

    private async Task Receive(Action<LinkFrame> received)
    {
        byte[] buffer = new byte[64 * 1024];
        while (true)
        {
            int length = 0;
            ValueWebSocketReceiveResult piece;
            do
            {
                if (length == buffer.Length)
                    Array.Resize(ref buffer, buffer.Length * 2);
                piece = await _socket.ReceiveAsync(buffer.AsMemory(length), _over.Token).ConfigureAwait(false);
                length += piece.Count;
                if (length > LinkFrame.MostBytes)
                {
                    End("a frame is too long");
                    return;
                }
            }
            while (!piece.EndOfMessage);
            if (piece.MessageType == WebSocketMessageType.Close)
                return;
            // The buffer is used again, and what was received is kept by actors.
            if (!LinkFrame.TryRead(buffer.AsMemory(0, length).ToArray(), out LinkFrame frame))
            {
                End("what was sent is no frame");
                return;
            }
            received(frame);
        }
    }

    private async Task SendWaiting()
    {
        await foreach (byte[] bytes in _waiting.Reader.ReadAllAsync(_over.Token).ConfigureAwait(false))
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, _over.Token).ConfigureAwait(false);
            Interlocked.Add(ref _waitingBytes, -bytes.Length);
        }
    }

    private async Task Close()
    {
        using var late = new CancellationTokenSource(CloseLimit);
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, _reason.Length > 100 ? _reason[..100] : _reason, late.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // It is gone anyhow.
        }
    }
}
