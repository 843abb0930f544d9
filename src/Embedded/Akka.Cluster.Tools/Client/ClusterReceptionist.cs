using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Tools.Client;

/// <summary>
/// Takes messages of clients outside of the cluster to the mediator of publish-subscribe, and answers back to them. Tells
/// clients which receptionists to use, and its subscribers which clients there are.
/// </summary>
public sealed class ClusterReceptionist : ActorBase
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly IActorRef _mediator;
    private readonly ClusterReceptionistSettings _settings;
    private readonly ContactChoice _contacts;
    private readonly ClientRegister _clients;
    private readonly ResponseTunnels _tunnels;
    private readonly List<ICancelable> _timers = [];
    private bool _isLeaving;

    /// <exception cref="ArgumentException">This node is not of the role.</exception>
    public ClusterReceptionist(IActorRef pubSubMediator, ClusterReceptionistSettings settings)
    {
        if (settings.Role is { } role && !_cluster.SelfRoles.Contains(role))
            throw new ArgumentException($"This cluster member [{_cluster.SelfAddress}] does not have a role [{role}]", nameof(settings));
        _mediator = pubSubMediator;
        _settings = settings;
        _contacts = new ContactChoice(settings, Self.Path.ToStringWithoutAddress());
        _clients = new ClientRegister(settings);
        _tunnels = new ResponseTunnels(((ExtendedActorSystem)Context.System).Provider, settings.ResponseTunnelReceiveTimeout);
        ToolsDefaults.Load(Context.System);
    }

    public static Props Props(IActorRef pubSubMediator, ClusterReceptionistSettings settings) =>
        Actor.Props.Create(() => new ClusterReceptionist(pubSubMediator, settings)).WithDeploy(Deploy.Local);

    protected override void PreStart()
    {
        if (_cluster.IsTerminated)
        {
            Context.Stop(Self);
            return;
        }

        _cluster.Subscribe(Self, InitialStateAsSnapshot, typeof(IMemberEvent), typeof(IReachabilityEvent), typeof(ClusterShuttingDown));
        Repeat(_settings.FailureDetectionInterval, ClientsDue.Instance);
        Repeat(_settings.ResponseTunnelReceiveTimeout / 2, TunnelsDue.Instance);
    }

    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        _timers.ForEach(static timer => timer.Cancel());
        SayGoodbye();
        _tunnels.EndAll();
    }

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case ClusterClient.Send send:
                _mediator.Tell(new PublishSubscribe.Send(send.Path, send.Message, send.LocalAffinity), _tunnels.For(Sender));
                return true;
            case ClusterClient.SendToAll send:
                _mediator.Tell(new PublishSubscribe.SendToAll(send.Path, send.Message), _tunnels.For(Sender));
                return true;
            case ClusterClient.Publish publish:
                _mediator.Tell(new PublishSubscribe.Publish(publish.Topic, publish.Message), _tunnels.For(Sender));
                return true;
            case Heartbeat:
                Sender.Tell(HeartbeatRsp.Instance, Self);
                if (_clients.Heard(Sender)) _log.Debug("Client [{0}] uses this receptionist", Sender.Path);
                return true;
            case GetContacts:
                TellContacts(Sender);
                return true;
            case ClientsDue:
                foreach (var gone in _clients.Check()) _log.Info("Client [{0}] has not been heard of for too long", gone.Path);
                return true;
            case TunnelsDue:
                _tunnels.EndIdle();
                return true;
            case GetClusterClients:
                Sender.Tell(new ClusterClients(_clients.All));
                return true;
            case SubscribeClusterClients:
                Context.Watch(Sender);
                _clients.Subscribe(Sender);
                return true;
            case UnsubscribeClusterClients:
                Context.Unwatch(Sender);
                _clients.Unsubscribe(Sender);
                return true;
            case Terminated ended:
                _clients.Unsubscribe(ended.ActorRef);
                return true;
            default:
                return HearOfMembers(message);
        }
    }

    private bool HearOfMembers(object message)
    {
        switch (message)
        {
            case CurrentClusterState state:
                _contacts.Take(state);
                return true;
            case MemberRemoved { Member: var self } when self.UniqueAddress == _cluster.SelfUniqueAddress:
                Context.Stop(Self);
                return true;
            case IMemberEvent change:
                // At once, and not when they ask next: receptionists may be replaced, one after another, faster than that.
                if (_contacts.Take(change.Member))
                    foreach (var client in _clients.All) TellContacts(client);
                if (change is MemberExited && change.Member.UniqueAddress == _cluster.SelfUniqueAddress) SayGoodbye();
                return true;
            case IReachabilityEvent change:
                _contacts.Take(change);
                return true;
            case ClusterShuttingDown:
                Context.Stop(Self);
                return true;
            default:
                return false;
        }
    }

    private void TellContacts(IActorRef client) => client.Tell(new Contacts(_contacts.PathOf(_cluster.SelfAddress), _contacts.For(client)), Self);

    /// <summary>Clients go to another receptionist; what they still send comes through as long as this one lives.</summary>
    private void SayGoodbye()
    {
        if (_isLeaving) return;
        _isLeaving = true;
        foreach (var client in _clients.All) client.Tell(ReceptionistShutdown.Instance, Self);
    }

    private void Repeat(TimeSpan interval, object due) =>
        _timers.Add(Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(interval, interval, Self, due, Self));

    private sealed class ClientsDue : INoSerializationVerificationNeeded
    {
        internal static readonly ClientsDue Instance = new();
    }

    private sealed class TunnelsDue : INoSerializationVerificationNeeded
    {
        internal static readonly TunnelsDue Instance = new();
    }
}
