using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster.Daemon;

/// <summary>
/// Sends heartbeats to the members that this node looks after, answers those of others, and says who does not answer. An
/// actor of its own, so that nothing else can delay it.
/// </summary>
/// <remarks>
/// Besides the failure detectors two things count. A machine that refuses connections to a node's port, again and again,
/// says that its process is gone, which need not be waited for. And when this node itself stood still, the others' answers
/// are late through no fault of theirs: then nobody is accused until they had time to come. Who is merely late is told on
/// the event stream: whoever decides who goes on had better wait for them.
/// </remarks>
internal sealed class HeartbeatActor : ReceiveActor
{
    private readonly DefaultFailureDetectorRegistry<Address> _detectors;
    private readonly ClusterSettings _settings;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ICancelable _ticks;
    private readonly ICancelable _reaps;
    private readonly Dictionary<Address, ActorSelection> _receivers = [];
    /// <summary>When each that is looked after answered last, or was taken up; a time stamp.</summary>
    private readonly Dictionary<UniqueAddress, long> _answered = [];

    private readonly RefusedConnections _refused;
    private readonly Standstill _standstill;
    private UniqueAddress? _self;
    private ImmutableHashSet<UniqueAddress> _monitored = [];
    private ImmutableHashSet<UniqueAddress> _unreachable = [];
    private ImmutableHashSet<UniqueAddress> _late = [];
    private ImmutableHashSet<Address> _exiting = [];
    private long _sequence;

    public HeartbeatActor(ClusterSettings settings, DefaultFailureDetectorRegistry<Address> detectors)
    {
        _settings = settings;
        _detectors = detectors;
        _refused = new RefusedConnections(settings.HeartbeatInterval);
        _standstill = new Standstill(settings.UnreachableNodesReaperInterval, settings.HeartbeatExpectedResponseAfter);
        var scheduler = Context.System.Scheduler;
        _ticks = scheduler.ScheduleTellRepeatedlyCancelable(settings.HeartbeatInterval, settings.HeartbeatInterval, Self, TickDue.Instance, Self);
        _reaps = scheduler.ScheduleTellRepeatedlyCancelable(
            settings.UnreachableNodesReaperInterval, settings.UnreachableNodesReaperInterval, Self, ReapDue.Instance, Self);

        Receive<Heartbeat>(heartbeat =>
        {
            if (_self is not null) Sender.Tell(new HeartbeatRsp(_self, heartbeat.Sequence));
        });
        Receive<HeartbeatRsp>(response =>
        {
            if (!_monitored.Contains(response.From)) return;
            _detectors.Heartbeat(response.From.Address);
            _refused.Answered(response.From.Address);
            _answered[response.From] = TimeProvider.System.GetTimestamp();
        });
        Receive<AssociationErrorEvent>(error =>
        {
            if (_receivers.ContainsKey(error.RemoteAddress) && _refused.Note(error)) Reap();
        });
        Receive<MembersToMonitor>(Monitor);
        Receive<TickDue>(_ => Tick());
        Receive<ReapDue>(_ =>
        {
            if (_standstill.IsOver()) Reap();
            NoteLate();
        });
        Receive<FirstAnswerDue>(due =>
        {
            // The first answer is owed as well: without one the detector would never begin.
            if (_monitored.Contains(due.Node) && !_detectors.IsMonitoring(due.Node.Address)) _detectors.Heartbeat(due.Node.Address);
        });
    }

    internal static Props Props(ClusterSettings settings, DefaultFailureDetectorRegistry<Address> detectors) =>
        Actor.Props.Create(() => new HeartbeatActor(settings, detectors)).WithDispatcher(settings.UseDispatcher);

    protected override void PreStart() => Context.System.EventStream.Subscribe<AssociationErrorEvent>(Self);

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        _ticks.Cancel();
        _reaps.Cancel();
        foreach (var node in _monitored) _detectors.Remove(node.Address);
    }

    private void Monitor(MembersToMonitor members)
    {
        _self = members.Self;
        var others = members.Members.Select(member => member.UniqueAddress).Where(node => node != _self);
        var monitored = HeartbeatRing.MonitoredBy(_self, others, _settings.MonitoredByNrOfMembers).ToImmutableHashSet();
        foreach (var gone in _monitored.Except(monitored))
        {
            _detectors.Remove(gone.Address);
            _refused.Answered(gone.Address);
            _receivers.Remove(gone.Address);
            _answered.Remove(gone);
        }

        foreach (var added in monitored.Except(_monitored))
        {
            // Another incarnation at the same address begins anew.
            _detectors.Remove(added.Address);
            _answered[added] = TimeProvider.System.GetTimestamp();
            _receivers[added.Address] = Context.ActorSelection(new RootActorPath(added.Address) / Self.Path.Elements);
            Context.System.Scheduler.ScheduleTellOnce(_settings.HeartbeatExpectedResponseAfter, Self, new FirstAnswerDue(added), Self);
        }

        _monitored = monitored;
        _exiting = [.. members.Members.Where(static member => member.Status == MemberStatus.Exiting).Select(static member => member.Address)];
        _unreachable = _unreachable.Intersect(monitored);
        Context.Parent.Tell(new NodeReachability(_unreachable, _monitored));
    }

    private void Tick()
    {
        if (_self is null) return;
        _sequence++;
        foreach (var receiver in _receivers.Values) receiver.Tell(new Heartbeat(_self.Address, _sequence), Self);
    }

    private void Reap()
    {
        // An exiting node closes its port in good order.
        var unreachable = SilentAsLong(_monitored.Where(node => !_detectors.IsAvailable(node.Address)))
            .Union(_monitored.Where(node => _refused.Contains(node.Address) && !_exiting.Contains(node.Address)));
        if (unreachable.SetEquals(_unreachable)) return;
        foreach (var node in unreachable.Except(_unreachable)) _log.Warning("Cluster Node [{0}] - Marking node as UNREACHABLE [{1}]", _self!.Address, node.Address);
        foreach (var node in _unreachable.Except(unreachable)) _log.Info("Cluster Node [{0}] - Marking node as REACHABLE again [{1}]", _self!.Address, node.Address);
        _unreachable = unreachable;
        Context.Parent.Tell(new NodeReachability(_unreachable, _monitored));
    }

    /// <summary>
    /// Who fell silent together is given up together: on the losing side of a split, to give up one after another would look
    /// like a majority in between.
    /// </summary>
    private ImmutableHashSet<UniqueAddress> SilentAsLong(IEnumerable<UniqueAddress> givenUp)
    {
        var all = givenUp.ToImmutableHashSet();
        if (all.IsEmpty) return all;
        // Each is asked once an interval, so the last answers of a round may lie so far apart; what is newer is no silence.
        var since = Math.Min(all.Max(node => _answered[node]) + Intervals(1), TimeProvider.System.GetTimestamp() - Intervals(2));
        return all.Union(_monitored.Where(node => _answered[node] <= since));
    }

    private void NoteLate()
    {
        var since = TimeProvider.System.GetTimestamp() - Intervals(5);
        ImmutableHashSet<UniqueAddress> late = [.. _monitored.Where(node => _answered[node] <= since)];
        if (late.SetEquals(_late)) return;
        _late = late;
        Context.System.EventStream.Publish(new LateMembers(late));
    }

    private long Intervals(int count) => (long)(count * _settings.HeartbeatInterval.TotalSeconds * TimeProvider.System.TimestampFrequency);

    private sealed class TickDue
    {
        internal static readonly TickDue Instance = new();
    }

    private sealed class ReapDue
    {
        internal static readonly ReapDue Instance = new();
    }

    private sealed record FirstAnswerDue(UniqueAddress Node);
}
