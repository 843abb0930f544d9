using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using Akka.Remote.Wire;

namespace Akka.Remote.Associations;

/// <summary>A connection that another node opened: takes its messages and acknowledges its system messages.</summary>
internal sealed class InboundConnection(Remoting remoting, Socket socket)
{
    internal const string Quarantined = "quarantined";

    /// <summary>References that are kept for the paths of a connection; more are looked up each time.</summary>
    private const int MostRefs = 8192;

    private readonly ReceivedNames _paths = new();
    private readonly ReceivedNames _manifests = new();
    private readonly Dictionary<string, IInternalActorRef> _refs = new(StringComparer.Ordinal);
    private Association _association = null!;
    private Stream _stream = null!;
    private int _uid;
    private long _acknowledged;

    /// <summary>Runs until the other side closes; whatever goes wrong ends this connection only.</summary>
    /// <param name="greeted">Called when the other side has said who it is.</param>
    internal async Task Run(Action greeted, CancellationToken cancellation)
    {
        remoting.Tcp.Apply(socket);
        _stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            var reader = await Greet(cancellation).ConfigureAwait(false);
            greeted();
            if (reader is null) return;
            remoting.Publish(new AssociatedEvent(remoting.DefaultAddress, _association.Remote, inbound: true));
            await Listen(reader, cancellation).ConfigureAwait(false);
            remoting.Publish(new DisassociatedEvent(remoting.DefaultAddress, _association.Remote, inbound: true));
        }
        finally
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Takes frames until the other side closes, or is silent for too long: it would have sent a heartbeat.</summary>
    private async Task Listen(FrameReader reader, CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(remoting.Settings.TransportSilence);
        await reader.Run(
            Handle,
            () =>
            {
                silence.CancelAfter(remoting.Settings.TransportSilence);
                return AcknowledgeSystemMessages();
            },
            silence.Token).ConfigureAwait(false);
    }

    private async Task<FrameReader?> Greet(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(remoting.Settings.HandshakeTimeout);
        if (remoting.Tls is { } tls) _stream = await tls.AsServer(_stream, limit.Token).ConfigureAwait(false);
        var reader = new FrameReader(_stream, remoting.Tcp.MaximumFrameSize);
        var (kind, content) = await reader.ReadFirst(limit.Token).ConfigureAwait(false);
        var (from, uid, to) = Frames.ReadHello(kind, content);
        _uid = uid;
        _association = remoting.AssociationWith(from);
        var refusal = !remoting.Addresses.Contains(to) ? $"this is {remoting.DefaultAddress}, not {to}"
            : !_association.Meet(uid) ? Quarantined
            : null;
        await _stream.WriteAsync(refusal is null ? Frames.Welcome(remoting.Uid) : Frames.Refused(refusal), limit.Token).ConfigureAwait(false);
        if (refusal is null) return reader;
        remoting.Log.Warning("Refused a connection from {0}: {1}", from, refusal);
        return null;
    }

    private void Handle(FrameKind kind, ReadOnlySpan<byte> content)
    {
        // Said by another connection or by an operator in the meantime.
        if (_association.IsQuarantined(_uid)) throw new InvalidDataException($"{_association.Remote} (uid {_uid}) is quarantined");
        var reader = new WireReader(content);
        switch (kind)
        {
            case FrameKind.Message:
                Take(ref reader, isSystemMessage: false);
                break;
            case FrameKind.SystemMessage:
                var sequence = reader.Number();
                // What came before already still has to be read, since it may give names numbers.
                Take(ref reader, isSystemMessage: true, deliver: _association.TakeSystemMessage(_uid, sequence));
                break;
            case FrameKind.Heartbeat or FrameKind.Goodbye:
                break;
            default:
                throw new InvalidDataException($"A frame of the unknown kind {(byte)kind} came");
        }
    }

    private void Take(ref WireReader reader, bool isSystemMessage, bool deliver = true)
    {
        var recipientPath = _paths.Read(ref reader);
        var senderPath = _paths.Read(ref reader);
        var serializer = reader.Int32();
        var manifest = _manifests.Read(ref reader);
        var bytes = reader.Bytes();
        if (!deliver) return;
        object message;
        try
        {
            message = remoting.System.Serialization.Deserialize(bytes.ToArray(), serializer, manifest);
        }
        catch (Exception failure)
        {
            remoting.Log.Warning(
                "Serializer not defined for message with serializer id [{0}] and manifest [{1}], or it could not read it: {2}", serializer, manifest, failure.Message);
            return;
        }

        var recipient = Resolve(recipientPath);
        var sender = senderPath.Length == 0 ? null : Resolve(senderPath);
        if (remoting.Settings.LogReceive) remoting.Log.Debug("RemoteMessage: {0} to {1} from {2}", message, recipient, sender!);
        remoting.Deliver(recipient, message, sender, isSystemMessage);
    }

    private IInternalActorRef Resolve(string path)
    {
        if (_refs.TryGetValue(path, out var known) && !known.IsTerminated) return known;
        var resolved = (IInternalActorRef)remoting.Provider.ResolveActorRef(path);
        // Temporary actors of Asks and paths where nobody lives are not kept.
        if (resolved is LocalActorRef or RemoteActorRef && _refs.Count < MostRefs) _refs[path] = resolved;
        return resolved;
    }

    private async ValueTask AcknowledgeSystemMessages()
    {
        var delivered = _association.DeliveredSystemMessages(_uid);
        if (delivered <= _acknowledged) return;
        _acknowledged = delivered;
        await _stream.WriteAsync(Frames.Acknowledged(delivered)).ConfigureAwait(false);
    }
}
