using System.Net.Sockets;
using System.Threading.Channels;
using Akka.Event;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Remote.Associations;

/// <summary>A connection that this node opened: carries its messages there, and acknowledgements back.</summary>
internal sealed class OutboundConnection : IAsyncDisposable
{
    /// <summary>So many bytes go out at once, however many messages they are.</summary>
    private const int BatchBytes = 64 * 1024;

    private readonly Remoting _remoting;
    private readonly Association _association;
    private readonly Stream _stream;
    private readonly FrameReader _reader;
    private readonly MessageWriter _writer;

    private OutboundConnection(Remoting remoting, Association association, Stream stream, FrameReader reader, int uid)
    {
        _remoting = remoting;
        _association = association;
        _stream = stream;
        _reader = reader;
        Uid = uid;
        _writer = new MessageWriter(remoting.System, new Information(remoting.DefaultAddress, remoting.System), remoting.Tcp.MaximumFrameSize);
    }

    /// <summary>Who answered.</summary>
    internal int Uid { get; }

    internal static async Task<OutboundConnection> Open(Remoting remoting, Association association, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(remoting.Tcp.ConnectTimeout);
        var remote = association.Remote;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            remoting.Tcp.Apply(socket);
            await socket.ConnectAsync(remote.Host!, remote.Port!.Value, limit.Token).ConfigureAwait(false);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (remoting.Tls is { } tls) stream = await tls.AsClient(stream, remote.Host!, limit.Token).ConfigureAwait(false);
            await stream.WriteAsync(Frames.Hello(remoting.DefaultAddress, remoting.Uid, remote), limit.Token).ConfigureAwait(false);
            var reader = new FrameReader(stream, remoting.Tcp.MaximumFrameSize);
            limit.CancelAfter(remoting.Settings.HandshakeTimeout);
            var (kind, content) = await reader.ReadFirst(limit.Token).ConfigureAwait(false);
            if (Frames.IsRefusal(kind, content, InboundConnection.Quarantined))
                remoting.Publish(new ThisActorSystemQuarantinedEvent(remoting.DefaultAddress, remote));
            return new OutboundConnection(remoting, association, stream, reader, Frames.ReadWelcome(kind, content));
        }
        catch (Exception failure)
        {
            socket.Dispose();
            if (failure is OperationCanceledException && !cancellation.IsCancellationRequested)
                throw new RemoteTransportException($"{remote} did not answer within {remoting.Tcp.ConnectTimeout}", failure);
            throw;
        }
    }

    /// <summary>Sends until the connection breaks or the queue is completed; what was unacknowledged goes first.</summary>
    internal async Task Run(ChannelReader<Outgoing> queue, Outgoing[] again, Action taken, CancellationTokenSource life)
    {
        var lastSequence = 0L;
        foreach (var message in again)
        {
            Write(message);
            lastSequence = message.Sequence;
        }

        var listening = Listen(life);
        try
        {
            while (true)
            {
                while (queue.TryRead(out var message))
                {
                    taken();
                    // It was among those above already, if it waited in the queue while the connection was made.
                    if (message.Sequence == 0 || message.Sequence > lastSequence) Write(message);
                    if (_writer.Length >= BatchBytes) await Flush(life.Token).ConfigureAwait(false);
                }

                await Flush(life.Token).ConfigureAwait(false);
                if (!await WaitToRead(queue, life.Token).ConfigureAwait(false)) break;
            }

            await _stream.WriteAsync(Frames.Goodbye("shut down"), life.Token).ConfigureAwait(false);
        }
        finally
        {
            await life.CancelAsync().ConfigureAwait(false);
            await listening.ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    /// <summary>Waits for the next message, with a heartbeat now and then; false when there will be none.</summary>
    private async ValueTask<bool> WaitToRead(ChannelReader<Outgoing> queue, CancellationToken cancellation)
    {
        var next = queue.WaitToReadAsync(cancellation);
        if (next.IsCompleted) return await next.ConfigureAwait(false);
        var waiting = next.AsTask();
        while (true)
        {
            try
            {
                return await waiting.WaitAsync(_remoting.Settings.TransportHeartbeatInterval, cancellation).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                await _stream.WriteAsync(Frames.Heartbeat, cancellation).ConfigureAwait(false);
            }
        }
    }

    private void Write(in Outgoing message)
    {
        try
        {
            _writer.Write(message);
            if (_remoting.Settings.LogSend)
                _remoting.Log.Debug("RemoteMessage: {0} to {1} from {2}", message.Message, message.Recipient, message.Sender!);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // One message that cannot be written must not stand in the way of the others.
            _remoting.Log.Error(failure, "Could not send a message of type [{0}] to {1}: {2}", message.Message.GetType(), message.Recipient, failure.Message);
            _remoting.DeadLetter(message);
            // But a system message that is missing in the sequence would stand in the way of all later ones.
            if (message.Sequence > 0) _association.Quarantine(Uid, "a system message could not be written");
        }
    }

    private async ValueTask Flush(CancellationToken cancellation)
    {
        if (_writer.Length == 0) return;
        await _stream.WriteAsync(_writer.Waiting, cancellation).ConfigureAwait(false);
        _writer.Clear();
    }

    private async Task Listen(CancellationTokenSource life)
    {
        try
        {
            await _reader.Run(Handle, static () => default, life.Token).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            if (failure is not OperationCanceledException) _remoting.Log.Debug("Connection to {0} broke: {1}", _association.Remote, failure.Message);
        }

        await life.CancelAsync().ConfigureAwait(false);

        void Handle(FrameKind kind, ReadOnlySpan<byte> content)
        {
            var reader = new WireReader(content);
            switch (kind)
            {
                case FrameKind.Acknowledged:
                    _association.Acknowledged(reader.Number());
                    break;
                case FrameKind.Goodbye when reader.Text() == InboundConnection.Quarantined:
                    _remoting.Publish(new ThisActorSystemQuarantinedEvent(_remoting.DefaultAddress, _association.Remote));
                    break;
            }
        }
    }
}
