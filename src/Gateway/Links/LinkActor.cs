using System.Runtime.Serialization;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using ActorScheduler.Protocol.Links.Http;
using Akka.Actor;
using Akka.Serialization;

namespace ActorScheduler.Gateway.Links;

/// <summary>
/// The node's end of a client's link: speaks with masters and agents in the place of the client's actors, each of which has one here, and
/// brings back what they are told.
/// </summary>
internal sealed class LinkActor : ReceiveActor
{
    /// <summary>More than any scheduler has; each costs the node an actor.</summary>
    private const int MostPeers = 10_000;

    private readonly MasterLink _masters;
    private readonly LinkSocket _socket;
    private readonly SerializerWithStringManifest _serializer;
    private readonly Dictionary<int, IActorRef> _peers = [];
    private readonly Dictionary<int, IActorRef> _remotes = [];
    private readonly Dictionary<IActorRef, int> _numbers = [];
    private int _lastNumber;

    public LinkActor(MasterLink masters, LinkSocket socket)
    {
        (_masters, _socket) = (masters, socket);
        _serializer = (SerializerWithStringManifest)Context.System.Serialization.FindSerializerForType(typeof(IProtocolMessage));
        Receive<LinkFrame>(Take);
        Receive<Told>(told => Bring(told.Peer, told.Message));
        Receive<Terminated>(terminated =>
        {
            if (!_numbers.Remove(terminated.ActorRef, out int number))
                return;
            _remotes.Remove(number);
            _socket.Send(new LinkFrame(LinkFrameKind.RemoteGone, 0, number));
        });
    }

    public static Props Props(MasterLink masters, LinkSocket socket) => Akka.Actor.Props.Create(() => new LinkActor(masters, socket));

    /// <summary>The node leaves: the client turns to another one.</summary>
    protected override void PostStop() => _socket.End("the node leaves");

    /// <summary>What schedulers and operators say. What nodes say among each other is not for clients.</summary>
    private static bool IsForClients(IProtocolMessage message) => message is ISessionMessage or ITaskQuestion or ICommand
        or GetAgents or GetClusterSummary or GetFrameworks or GetOffers or GetRoles or ExplainOffers or GetFramework;

    private static bool IsForRemotes(IProtocolMessage message) => message is AcknowledgeOutput or SendInput or ResizeTerminal or EndExecution;

    private void Take(LinkFrame frame)
    {
        if (frame.Kind == LinkFrameKind.PeerGone)
        {
            if (_peers.Remove(frame.Peer, out IActorRef? gone))
                Context.Stop(gone);
            return;
        }
        if (PeerOf(frame.Peer) is not { } peer)
        {
            _socket.End("too many actors speak by one link");
            return;
        }
        IProtocolMessage message;
        try
        {
            message = (IProtocolMessage)_serializer.FromBinary(frame.Payload.ToArray(), frame.Manifest);
        }
        catch (SerializationException e)
        {
            Refuse(frame.Peer, e.Message);
            return;
        }
        if (frame.Kind == LinkFrameKind.ToRemote)
        {
            if (IsForRemotes(message) && _remotes.TryGetValue(frame.Remote, out IActorRef? remote))
                remote.Tell(message, peer);
        }
        else if (frame.Kind == LinkFrameKind.Message && IsForClients(message))
            Pass(NamedActor.In(message) is null ? message : NamedActor.Replace(message, PeerOf(frame.Remote) ?? peer), peer);
        else
            Refuse(frame.Peer, $"{message.GetType().Name} is not for clients");
    }

    private void Pass(IProtocolMessage message, IActorRef from)
    {
        if (message is IAllocatorMessage toAllocator)
            _masters.Send(toAllocator, from);
        else if (message is IFrameworkMessage toFramework)
            _masters.Send(toFramework, from);
    }

    private void Refuse(int peer, string reason) => Bring(peer, new CommandRefused(Guid.Empty, RefusalKind.Invalid, new Problem("", reason)));

    private void Bring(int peer, IProtocolMessage message)
    {
        int named = NamedActor.In(message) is { } actor ? NumberOf(actor) : 0;
        IProtocolMessage sent = named == 0 ? message : NamedActor.Replace(message, ActorRefs.Nobody);
        _socket.Send(new LinkFrame(LinkFrameKind.Message, peer, named, _serializer.Manifest(sent), _serializer.ToBinary(sent)));
    }

    private IActorRef? PeerOf(int number)
    {
        if (_peers.TryGetValue(number, out IActorRef? known))
            return known;
        if (_peers.Count >= MostPeers)
            return null;
        IActorRef made = Context.ActorOf(PeerActor.Props(number));
        _peers.Add(number, made);
        return made;
    }

    private int NumberOf(IActorRef remote)
    {
        if (_numbers.TryGetValue(remote, out int known))
            return known;
        int number = ++_lastNumber;
        _numbers.Add(remote, number);
        _remotes.Add(number, remote);
        Context.Watch(remote);
        return number;
    }

    /// <summary>A client's actor was told something.</summary>
    internal sealed record Told(int Peer, IProtocolMessage Message);

    /// <summary>Stands for an actor of the client.</summary>
    private sealed class PeerActor : ReceiveActor
    {
        public PeerActor(int number) => Receive<IProtocolMessage>(message => Context.Parent.Tell(new Told(number, message)));

        public static Props Props(int number) => Akka.Actor.Props.Create(() => new PeerActor(number));
    }
}
