using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Gossiping;
using Akka.Event;

namespace Akka.Cluster.Daemon;

/// <summary>
/// Holds this node's gossip and exchanges it with others; joins, and acts for the cluster where this node is its leader.
/// <code>
///   outside --JoinSeedNodes--> asking the seeds --ack--> joining --Welcome--> member --removed or down--> stopped
///           ------JoinTo------------------------------>
/// </code>
/// </summary>
internal sealed partial class MembershipActor : ReceiveActor
{
    private readonly Cluster _cluster;
    private readonly ClusterSettings _settings;
    private readonly UniqueAddress _self;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IActorRef _events;
    private readonly IActorRef _heartbeats;
    private readonly List<ICancelable> _ticks = [];
    private Gossip _gossip = Gossip.Empty;
    private ImmutableHashSet<UniqueAddress> _confirmedExits = [];
    private bool _isLeaving;
    private long _convergedAt = TimeProvider.System.GetTimestamp();

    public MembershipActor(Cluster cluster, IActorRef events)
    {
        _cluster = cluster;
        _settings = cluster.Settings;
        _self = cluster.SelfUniqueAddress;
        _events = events;
        _heartbeats = Context.ActorOf(HeartbeatActor.Props(_settings, cluster.FailureDetector), "heartbeats");
        Outside();
    }

    protected override void PreStart()
    {
        if (!_settings.SeedNodes.IsEmpty) Self.Tell(new JoinSeedNodes(_settings.SeedNodes));
    }

    protected override void PostStop()
    {
        _ticks.ForEach(tick => tick.Cancel());
        _joinTimer?.Cancel();
    }

    private void Member()
    {
        Receive<GossipEnvelope>(ReceiveGossip);
        Receive<GossipStatus>(ReceiveStatus);
        Receive<SpreadDue>(_ => SpreadNow());
        Receive<GossipDue>(_ => GossipToSomebody());
        Receive<LeaderActionsDue>(_ => ActAsLeader(mayWeaken: true));
        Receive<NodeReachability>(NoteReachability);
        Receive<InitJoin>(init => Sender.Tell(new InitJoinAck(
            _self.Address, init.Compatibility == _cluster.Compatibility, _cluster.Compatibility)));
        Receive<Join>(TakeIn);
        Receive<Leave>(leave => LeaveCluster(leave.Address));
        Receive<Down>(DownMember);
        Receive<ExitingCompleted>(_ => ConfirmExit());
        Receive<ExitingConfirmed>(confirmed =>
        {
            _confirmedExits = _confirmedExits.Add(confirmed.Node);
            ActAsLeader(mayWeaken: false);
        });
        Receive<JoinTo>(join => _log.Info("Cluster Node [{0}] - Trying to join [{1}] when already part of a cluster, ignoring", _self.Address, join.Address));
        Receive<JoinSeedNodes>(_ => _log.Info("Cluster Node [{0}] - Trying to join seed nodes when already part of a cluster, ignoring", _self.Address));
        Receive<InitJoinAck>(static _ => { });
        Receive<InitJoinNack>(static _ => { });
        Receive<Welcome>(static _ => { });
        Receive<JoinDue>(static _ => { });
    }

    private void BecomeMember()
    {
        _joinTimer?.Cancel();
        Become(Member);
        var scheduler = Context.System.Scheduler;
        _ticks.Add(scheduler.ScheduleTellRepeatedlyCancelable(_settings.GossipInterval, _settings.GossipInterval, Self, GossipDue.Instance, Self));
        _ticks.Add(scheduler.ScheduleTellRepeatedlyCancelable(
            _settings.LeaderActionsInterval, _settings.LeaderActionsInterval, Self, LeaderActionsDue.Instance, Self));
    }

    /// <summary>Takes in a node, or a new incarnation once the old one is gone.</summary>
    private void TakeIn(Join join)
    {
        if (join.Node.Address.System != _self.Address.System || join.Node.Address.Protocol != _self.Address.Protocol)
        {
            _log.Warning("Member [{0}] is of another system or protocol than [{1}], ignoring its join", join.Node, _self.Address);
            return;
        }

        if (_gossip.Find(_self) is not { Status: MemberStatus.Up or MemberStatus.WeaklyUp or MemberStatus.Joining or MemberStatus.Leaving }) return;
        if (_gossip.Tombstones.ContainsKey(join.Node)) return;
        if (_gossip.Has(join.Node))
        {
            // Its Welcome was lost.
            if (join.Node != _self) Core(join.Node.Address).Tell(new Welcome(_self, _gossip));
            return;
        }

        if (_gossip.Members.FirstOrDefault(member => member.Address.Equals(join.Node.Address)) is { } old)
        {
            _log.Info("Cluster Node [{0}] - New incarnation of existing member [{1}] is trying to join. Existing will be removed from the cluster and then new member will be allowed to join.", _self.Address, old);
            if (old.Status != MemberStatus.Down) DownMember(new Down(old.Address, old.UniqueAddress.Uid));
            // It will never answer again.
            Update(_gossip with { Reachability = _gossip.Reachability.Unreachable(_self, old.UniqueAddress) });
            return;
        }

        Update(_gossip.With(Akka.Cluster.Member.Joining(join.Node, join.Roles, join.Version)));
        Info("Node [{0}] is JOINING, roles [{1}]", join.Node.Address, string.Join(",", join.Roles));
        if (join.Node == _self) ActAsLeader(mayWeaken: false);
        else Core(join.Node.Address).Tell(new Welcome(_self, _gossip));
    }

    private void LeaveCluster(Address address)
    {
        foreach (var member in _gossip.Members.Where(m => m.Address.Equals(address) && m.Status is MemberStatus.Joining or MemberStatus.WeaklyUp or MemberStatus.Up).ToArray())
        {
            Update(_gossip.With(member.Copy(MemberStatus.Leaving)));
            Info("Marked address [{0}] as [Leaving]", address);
        }

        ActAsLeader(mayWeaken: false);
    }

    private void DownMember(Down down)
    {
        var address = down.Address;
        if (_gossip.Members.FirstOrDefault(member => member.Address.Equals(address)) is not { } member || down.Uid is { } uid && member.UniqueAddress.Uid != uid)
        {
            Info("Ignoring down of unknown node [{0}]", address);
            return;
        }

        if (member.Status == MemberStatus.Down) return;
        Info("Marking node [{0}] as [Down]", address);
        Update(_gossip.With(member.Copy(MemberStatus.Down)));
        ActAsLeader(mayWeaken: false);
    }

    private void NoteReachability(NodeReachability seen)
    {
        var reachability = _gossip.Reachability;
        foreach (var node in seen.Monitored)
            reachability = seen.Unreachable.Contains(node) ? reachability.Unreachable(_self, node) : reachability.Reachable(_self, node);
        // What was said of nodes that others look after now is theirs to say.
        foreach (var node in reachability.UnreachableBy.GetValueOrDefault(_self, []).Except(seen.Monitored))
            if (_gossip.Find(node) is not { Status: MemberStatus.Down })
                reachability = reachability.Reachable(_self, node);
        if (reachability == _gossip.Reachability) return;
        Update(_gossip with { Reachability = reachability });
        ActAsLeader(mayWeaken: false);
    }

    private void ActAsLeader(bool mayWeaken)
    {
        if (_gossip.Leader(_self) != _self || _gossip.Find(_self) is null or { Status: MemberStatus.Down }) return;
        if (_gossip.HasConverged(_self, _confirmedExits))
        {
            if (LeaderActions.OnConvergence(_gossip, _self, _confirmedExits, _settings.MinNrOfMembers, _settings.MinNrOfMembersOfRole, Now()) is not { } outcome) return;
            foreach (var member in outcome.Gossip.Members.Where(m => _gossip.Find(m.UniqueAddress)?.Status != m.Status))
                Info("Leader is moving node [{0}] to [{1}]", member.Address, member.Status);
            foreach (var member in outcome.Removed) Info("Leader is removing {0} node [{1}]", member.Status, member.Address);
            _confirmedExits = _confirmedExits.Except(outcome.Removed.Select(member => member.UniqueAddress));
            Publish(outcome.Gossip);
            Spread();
        }
        else if (mayWeaken && _settings.AllowWeaklyUpMembers && TimeProvider.System.GetElapsedTime(_convergedAt) >= _settings.WeaklyUpAfter
            && LeaderActions.WithoutConvergence(_gossip, _self, _settings.MinNrOfMembers, _settings.MinNrOfMembersOfRole) is { } weakly)
        {
            Publish(weakly);
            Spread();
        }
    }

    private void ConfirmExit()
    {
        // Who acts for the cluster need not wait until this node stops answering.
        foreach (var member in _gossip.Members.Where(m => m.UniqueAddress != _self && m.Converges).Take(5))
            Core(member.Address).Tell(new ExitingConfirmed(_self));
        Sender.Tell(Done.Instance);
    }

    private void Info(string template, object first, object? second = null)
    {
        if (!_settings.LogInfo) return;
        if (second is null) _log.Info("Cluster Node [" + _self.Address + "] - " + template, first);
        else _log.Info("Cluster Node [" + _self.Address + "] - " + template, first, second);
    }

    private static ActorSelection Core(Address address) => Context.ActorSelection(new RootActorPath(address) / Context.Self.Path.Elements);

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class GossipDue
    {
        internal static readonly GossipDue Instance = new();
    }

    private sealed class LeaderActionsDue
    {
        internal static readonly LeaderActionsDue Instance = new();
    }

    private sealed record JoinDue(int Attempt);
}
