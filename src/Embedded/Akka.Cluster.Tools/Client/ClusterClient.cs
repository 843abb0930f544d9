using Akka.Actor;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster.Tools.Client;

/// <summary>
/// Sends messages into a cluster that this system is no member of, through a receptionist of it. Messages wait, up to a
/// number, while there is none; what is on its way to a receptionist that dies is lost.
/// <code>
///   establishing -(a receptionist answered)-&gt; active -(it is silent, says goodbye, or the link broke)-&gt; establishing
///        '-(reconnect-timeout)-&gt; stopped
/// </code>
/// </summary>
public sealed partial class ClusterClient : ActorBase
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ClusterClientSettings _settings;
    private readonly ContactList _contacts;
    private readonly Queue<(object Message, IActorRef Sender)> _waiting = new();
    private readonly List<ICancelable> _timers = [];
    private DeadlineFailureDetector _detector = null!;
    private IActorRef? _receptionist;

    /// <summary>A receptionist that answered but names others as the ones to use, in case that those do not answer.</summary>
    private IActorRef? _secondBest;

    /// <exception cref="ArgumentException">There are no initial contacts.</exception>
    public ClusterClient(ClusterClientSettings settings)
    {
        if (settings.InitialContacts is not { Count: > 0 })
            throw new ArgumentException("Initial contacts for ClusterClient cannot be empty", nameof(settings));
        _settings = settings;
        _contacts = new ContactList(settings.InitialContacts);
        ToolsDefaults.Load(Context.System);
    }

    /// <exception cref="ArgumentNullException">There are no settings.</exception>
    public static Props Props(ClusterClientSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Actor.Props.Create(() => new ClusterClient(settings)).WithDeploy(Deploy.Local);
    }

    protected override void PreStart()
    {
        foreach (var news in new[] { typeof(DisassociatedEvent), typeof(AssociationErrorEvent), typeof(QuarantinedEvent) })
            Context.System.EventStream.Subscribe(Self, news);
        Establish();
    }

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        CancelTimers();
        foreach (var (message, sender) in _waiting) Drop(message, sender, "The cluster client stopped");
    }

    protected override bool Receive(object message) => _receptionist is { } receptionist ? Active(message, receptionist) : Establishing(message);

    private bool Active(object message, IActorRef receptionist)
    {
        switch (message)
        {
            case IClusterClientProtocolMessage:
                if (_settings.VerboseLogging) _log.Debug("Forwarding [{0}] to receptionist [{1}]", message, receptionist.Path);
                receptionist.Tell(message, Sender);
                return true;
            case HeartbeatRsp:
                if (Sender.Equals(receptionist)) _detector.HeartBeat();
                return true;
            case HeartbeatDue:
                if (_detector.IsAvailable) receptionist.Tell(Heartbeat.Instance, Self);
                else Reestablish("does not answer");
                return true;
            case RefreshDue:
                receptionist.Tell(GetContacts.Instance, Self);
                return true;
            case Contacts contacts:
                _contacts.Take(contacts.Paths);
                return true;
            case ReceptionistShutdown:
                if (Sender.Equals(receptionist)) Reestablish("shuts down");
                return true;
            case AssociationEvent { RemoteAddress: var address }:
                if (address.Equals(receptionist.Path.Address)) Reestablish("lost the connection");
                return true;
            case QuarantinedEvent quarantined:
                if (quarantined.Address.Equals(receptionist.Path.Address)) Reestablish("is quarantined");
                return true;
            default:
                return Always(message);
        }
    }

    private bool Establishing(object message)
    {
        switch (message)
        {
            case IClusterClientProtocolMessage:
                Keep(message);
                return true;
            case Contacts contacts:
                Consider(contacts, Sender);
                return true;
            case EstablishDue when _secondBest is { } receptionist:
                Use(receptionist);
                return true;
            case EstablishDue:
                AskContacts(_contacts.All);
                return true;
            case ReconnectTimedOut:
                _log.Warning("Receptionist reconnect not successful within {0}, stopping cluster client", _settings.ReconnectTimeout!);
                Context.Stop(Self);
                return true;
            default:
                return Always(message);
        }
    }

    private bool Always(object message)
    {
        switch (message)
        {
            case ISubscribeContactPoints:
                Context.Watch(Sender);
                _contacts.Subscribe(Sender);
                return true;
            case IUnsubscribeContactPoints:
                Context.Unwatch(Sender);
                _contacts.Unsubscribe(Sender);
                return true;
            case IGetContactPoints:
                Sender.Tell(new ContactPoints(_contacts.Points));
                return true;
            case Terminated ended:
                _contacts.Unsubscribe(ended.ActorRef);
                return true;
            // Left over from before the state changed.
            case IClusterClientMessage or RemotingLifecycleEvent or Due:
                return true;
            default:
                return false;
        }
    }

    private void Establish()
    {
        _receptionist = null;
        _secondBest = null;
        CancelTimers();
        Repeat(_settings.EstablishingGetContactsInterval, EstablishDue.Instance);
        if (_settings.ReconnectTimeout is { } limit)
            _timers.Add(Context.System.Scheduler.ScheduleTellOnceCancelable(limit, Self, ReconnectTimedOut.Instance, Self));
        AskContacts(_contacts.All);
    }

    private void Reestablish(string reason)
    {
        _log.Info("Receptionist [{0}] {1}, looking for another one", _receptionist!.Path, reason);
        Establish();
    }

    private void AskContacts(IEnumerable<ActorPath> contacts)
    {
        foreach (var contact in contacts) Context.ActorSelection(contact).Tell(GetContacts.Instance, Self);
    }

    /// <summary>The cluster spreads its clients by the contacts that it gives them, so one of these is used if any answers.</summary>
    private void Consider(Contacts contacts, IActorRef from)
    {
        if (contacts.Paths.IsEmpty) return;
        _contacts.Take(contacts.Paths);
        if (contacts.Paths.Contains(contacts.Own))
        {
            Use(from);
            return;
        }

        if (_secondBest is null) AskContacts(_contacts.Points);
        _secondBest = from;
    }

    private void Use(IActorRef receptionist)
    {
        _log.Info("Connected to [{0}]", receptionist.Path);
        _receptionist = receptionist;
        _secondBest = null;
        _detector = new DeadlineFailureDetector(_settings.AcceptableHeartbeatPause, _settings.HeartbeatInterval);
        _detector.HeartBeat();
        CancelTimers();
        Repeat(_settings.HeartbeatInterval, HeartbeatDue.Instance);
        Repeat(_settings.RefreshContactsInterval, RefreshDue.Instance);
        receptionist.Tell(Heartbeat.Instance, Self);
        while (_waiting.TryDequeue(out var waiting)) receptionist.Tell(waiting.Message, waiting.Sender);
    }

    private void Keep(object message)
    {
        if (_settings.BufferSize == 0)
        {
            Drop(message, Sender, "There is no receptionist and buffering is disabled");
            return;
        }

        if (_waiting.Count == _settings.BufferSize && _waiting.TryDequeue(out var oldest))
            Drop(oldest.Message, oldest.Sender, "The buffer of the cluster client is full");
        _waiting.Enqueue((message, Sender));
    }

    private void Drop(object message, IActorRef sender, string reason) =>
        Context.System.EventStream.Publish(new Dropped(message, reason, sender, Self));

    private void Repeat(TimeSpan interval, Due due) =>
        _timers.Add(Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(interval, interval, Self, due, Self));

    private void CancelTimers()
    {
        _timers.ForEach(static timer => timer.Cancel());
        _timers.Clear();
    }

    private abstract class Due : INoSerializationVerificationNeeded;

    private sealed class EstablishDue : Due
    {
        internal static readonly EstablishDue Instance = new();
    }

    private sealed class ReconnectTimedOut : Due
    {
        internal static readonly ReconnectTimedOut Instance = new();
    }

    private sealed class HeartbeatDue : Due
    {
        internal static readonly HeartbeatDue Instance = new();
    }

    private sealed class RefreshDue : Due
    {
        internal static readonly RefreshDue Instance = new();
    }
}
