using System.Net;
using System.Net.WebSockets;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Event;
using Akka.Serialization;

namespace ActorScheduler.Protocol.Links.Http;

/// <summary>
/// The client's end of a link by HTTP.
/// <code>
///   Connecting -- a node takes it in --> Connected -- the node is gone, or reads too slowly --> Connecting (the next node)
///       '-- 401, 403 --> told as denied, and asked again slowly: tokens come and go
/// </code>
/// What is said while it is not connected is lost, as with every link: whoever owns the fact says it again.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "What an actor owns ends in PostStop.")]
internal sealed class HttpLinkActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DeniedRetry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(5);

    private readonly HttpLinkOptions _options;
    private readonly TaskCompletionSource _connected;
    private readonly TaskCompletionSource<string> _denied;
    private readonly HttpMessageInvoker _http;
    private readonly CancellationTokenSource _stopped = new();
    private readonly SerializerWithStringManifest _serializer;
    private readonly Dictionary<IActorRef, int> _numbers = [];
    private readonly Dictionary<int, IActorRef> _peers = [];
    private readonly Dictionary<int, IActorRef> _remotes = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private LinkSocket? _socket;
    private bool _isTold;
    private TimeSpan _retry = RetryMin;
    private int _attempts;
    private int _lastNumber;

    public HttpLinkActor(HttpLinkOptions options, TaskCompletionSource connected, TaskCompletionSource<string> denied)
    {
        (_options, _connected, _denied) = (options, connected, denied);
        _http = new HttpMessageInvoker(options.Handler());
        _serializer = (SerializerWithStringManifest)Context.System.Serialization.FindSerializerForType(typeof(IProtocolMessage));
        Receive<Opened>(opened => Open(opened.Socket));
        Receive<NotOpened>(NotOpen);
        Receive<Received>(received =>
        {
            if (ReferenceEquals(received.Socket, _socket))
                Take(received.Frame);
        });
        Receive<Closed>(closed =>
        {
            if (ReferenceEquals(closed.Socket, _socket))
                Lose();
        });
        Receive<ConnectDue>(_ => Connect());
        Receive<RemoteActor.Said>(said => Send(LinkFrameKind.ToRemote, Sender, said.Remote, said.Message));
        Receive<IProtocolMessage>(message =>
        {
            int named = NamedActor.In(message) is { } actor ? NumberOf(actor) : 0;
            Send(LinkFrameKind.Message, Sender, named, named == 0 ? message : NamedActor.Replace(message, ActorRefs.Nobody));
        });
        Receive<Terminated>(terminated =>
        {
            if (!_numbers.Remove(terminated.ActorRef, out int number))
                return;
            _peers.Remove(number);
            _socket?.Send(new LinkFrame(LinkFrameKind.PeerGone, number));
        });
    }

    private string Nodes => string.Join(", ", _options.Nodes.Select(static node => node.Authority));

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(HttpLinkOptions options, TaskCompletionSource connected, TaskCompletionSource<string> denied) =>
        Akka.Actor.Props.Create(() => new HttpLinkActor(options, connected, denied));

    protected override void PreStart() => Connect();

    protected override void PostStop()
    {
        _stopped.Cancel();
        _socket?.End("the client ends");
        _socket = null;
        _http.Dispose();
        _stopped.Dispose();
    }

    private void Connect() => TryNext(_options.Nodes[_attempts++ % _options.Nodes.Count]).PipeTo(Self);

    private async Task<object> TryNext(Uri node)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(LinkFrame.Subprotocol);
        socket.Options.CollectHttpResponseDetails = true;
        (socket.Options.KeepAliveInterval, socket.Options.KeepAliveTimeout) = (Ping, Ping);
        if (_options.Token is { } token)
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stopped.Token);
        limit.CancelAfter(ConnectLimit);
        try
        {
            await socket.ConnectAsync(HttpLinkOptions.LinkOf(node), _http, limit.Token).ConfigureAwait(false);
            return new Opened(socket);
        }
        catch (Exception e)
        {
            HttpStatusCode status = socket.HttpStatusCode;
            socket.Dispose();
            string? denied = status switch
            {
                HttpStatusCode.Unauthorized => "must be Bearer and a token that the node knows",
                HttpStatusCode.Forbidden => "the token is one of a viewer, who may look, and not decide",
                _ => null,
            };
            return new NotOpened(denied, e.Message);
        }
    }

    private void Open(ClientWebSocket opened)
    {
        var socket = new LinkSocket(opened);
        _socket = socket;
        _retry = RetryMin;
        _connected.TrySetResult();
        if (_isTold)
            _log.Info("A node of {Nodes} answers again", Nodes);
        _isTold = false;
        IActorRef self = Self;
        socket.Run(frame => self.Tell(new Received(socket, frame)), _stopped.Token)
            .ContinueWith(_ =>
            {
                opened.Dispose();
                return new Closed(socket);
            }, TaskScheduler.Default)
            .PipeTo(self);
    }

    private void NotOpen(NotOpened failed)
    {
        if (failed.Denied is { } denied)
            _denied.TrySetResult(denied);
        // Each node once before anybody waits.
        bool isRound = _attempts % _options.Nodes.Count == 0;
        // Once for as long as it goes on.
        if (isRound && !_isTold)
            _log.Warning("No node of {Nodes} lets this client in: {Problem}; they are asked again and again", Nodes, failed.Denied is { } why ? $"Authorization: {why}" : failed.Reason);
        _isTold |= isRound;
        Timers.StartSingleTimer(nameof(ConnectDue), ConnectDue.Instance, failed.Denied is not null ? DeniedRetry : isRound ? _retry : TimeSpan.Zero);
        if (isRound)
            _retry = _retry * 2 < RetryMax ? _retry * 2 : RetryMax;
    }

    /// <summary>Actors that were told of on the lost link cannot be reached by another one.</summary>
    private void Lose()
    {
        _socket = null;
        foreach (IActorRef remote in _remotes.Values)
            Context.Stop(remote);
        _remotes.Clear();
        Timers.StartSingleTimer(nameof(ConnectDue), ConnectDue.Instance, RetryMin);
    }

    private void Send(LinkFrameKind kind, IActorRef from, int remote, IProtocolMessage message) =>
        _socket?.Send(new LinkFrame(kind, from.IsNobody() ? 0 : NumberOf(from), remote, _serializer.Manifest(message), _serializer.ToBinary(message)));

    private int NumberOf(IActorRef actor)
    {
        if (_numbers.TryGetValue(actor, out int known))
            return known;
        int number = ++_lastNumber;
        _numbers.Add(actor, number);
        _peers.Add(number, actor);
        Context.Watch(actor);
        return number;
    }

    private void Take(LinkFrame frame)
    {
        if (frame.Kind == LinkFrameKind.RemoteGone)
        {
            if (_remotes.Remove(frame.Remote, out IActorRef? gone))
                Context.Stop(gone);
            return;
        }
        if (frame.Kind != LinkFrameKind.Message || !_peers.TryGetValue(frame.Peer, out IActorRef? peer))
            return;
        try
        {
            var message = (IProtocolMessage)_serializer.FromBinary(frame.Payload.ToArray(), frame.Manifest);
            peer.Tell(frame.Remote == 0 ? message : NamedActor.Replace(message, RemoteOf(frame.Remote)), ActorRefs.NoSender);
        }
        catch (SerializationException)
        {
            // A newer node says something that this version does not know.
        }
    }

    private IActorRef RemoteOf(int number)
    {
        if (!_remotes.TryGetValue(number, out IActorRef? remote))
            _remotes.Add(number, remote = Context.ActorOf(RemoteActor.Props(number)));
        return remote;
    }

    private sealed record Opened(ClientWebSocket Socket);

    private sealed record NotOpened(string? Denied, string Reason);

    private sealed record Received(LinkSocket Socket, LinkFrame Frame);

    private sealed record Closed(LinkSocket Socket);

    private sealed record ConnectDue
    {
        public static readonly ConnectDue Instance = new();
    }
}
