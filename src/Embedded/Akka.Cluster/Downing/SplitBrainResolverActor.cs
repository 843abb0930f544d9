using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Daemon;
using Akka.Cluster.Gossiping;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster.SBR;

/// <summary>
/// Waits until the membership has been unchanged for a while with somebody unreachable, then decides and downs. The actor
/// of every node does so, and each sees to its own end: a side that loses ends even when its leader is dead or stuck.
/// </summary>
/// <remarks>
/// A decision counts on those who are left. While one of them is late with its answers it may be lost as well, and the others
/// fewer than they seem: it is waited until that one answered or was given up. Else a network that fails piece by piece
/// would let both sides go on.
/// </remarks>
internal sealed class SplitBrainResolverActor : ReceiveActor, IWithTimers
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly UniqueAddress _self;
    private readonly Action<UniqueAddress> _down;
    private readonly Action<IActorRef> _observe;
    private readonly SplitBrainResolverSettings _settings;
    private SplitPicture _picture = SplitPicture.Empty;
    private HashSet<(UniqueAddress Node, MemberStatus? Status)> _awaitedToSettle = [];
    private ImmutableHashSet<UniqueAddress> _late = [];
    private bool _isStable;
    private bool _isUnstable;

    /// <param name="self">The node that decides.</param>
    /// <param name="settings">The strategy and its times.</param>
    /// <param name="down">Declares a member to be down: this incarnation, since the next one may be there by now.</param>
    /// <param name="observe">Has an actor told of each gossip.</param>
    public SplitBrainResolverActor(UniqueAddress self, SplitBrainResolverSettings settings, Action<UniqueAddress> down, Action<IActorRef> observe)
    {
        _self = self;
        _settings = settings;
        _down = down;
        _observe = observe;
        Receive<Gossip>(Look);
        Receive<StableDue>(_ =>
        {
            _isStable = true;
            Decide();
        });
        Receive<LateMembers>(late =>
        {
            _late = late.Nodes;
            Decide();
        });
        Receive<UnstableDue>(_ =>
        {
            if (Undecided().Count == 0) return;
            _log.Warning("SBR has been unstable for {0}: downing all, including itself", _settings.DownAllWhenUnstable);
            Carry(DowningPlan.All(_picture));
        });
        Receive<ThisActorSystemQuarantinedEvent>(quarantined => CutOffBy(quarantined.RemoteAddress));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        _observe(Self);
        Context.System.EventStream.Subscribe<ThisActorSystemQuarantinedEvent>(Self);
        Context.System.EventStream.Subscribe<LateMembers>(Self);
    }

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    private void Look(Gossip gossip)
    {
        _picture = new SplitPicture(gossip.Members, gossip.ReachabilityThatCounts, gossip.Seen);
        var undecided = gossip.Reachability.IsAllReachable ? [] : Undecided();
        if (undecided.Count == 0)
        {
            Settle();
            return;
        }

        // Who joins, or is on its way out, does not make it unstable.
        var awaited = _picture.Members.Where(static m => m.Status is MemberStatus.Up or MemberStatus.Leaving)
            .Select(static m => (m.UniqueAddress, (MemberStatus?)m.Status)).Concat(undecided.Select(static node => (node, (MemberStatus?)null))).ToHashSet();
        if (awaited.SetEquals(_awaitedToSettle))
        {
            Decide();
            return;
        }

        _awaitedToSettle = awaited;
        _isStable = false;
        Timers.StartSingleTimer(nameof(StableDue), StableDue.Instance, _settings.DowningStableAfter);
        if (_isUnstable || _settings.DownAllWhenUnstable <= TimeSpan.Zero) return;
        _isUnstable = true;
        Timers.StartSingleTimer(nameof(UnstableDue), UnstableDue.Instance, _settings.DownAllWhenUnstable);
    }

    /// <summary>Members that somebody cannot reach, and of which nothing has been decided.</summary>
    private HashSet<UniqueAddress> Undecided() => [.. _picture.Observations.Select(static observation => observation.Subject)];

    private void Settle()
    {
        if (_awaitedToSettle.Count == 0) return;
        Timers.CancelAll();
        _awaitedToSettle = [];
        _isStable = _isUnstable = false;
    }

    private void Decide()
    {
        if (!_isStable || Undecided() is not { Count: > 0 } undecided || _picture.Members.Any(m => Counts(m) && !undecided.Contains(m.UniqueAddress))) return;
        Carry(DowningPlan.Of(_settings, _picture));

        bool Counts(Member member) => member.Status is not (MemberStatus.Down or MemberStatus.Exiting) && _late.Contains(member.UniqueAddress);
    }

    private void Carry(DowningPlan plan)
    {
        Settle();
        if (_picture.Members.FirstOrDefault(member => member.UniqueAddress == _self) is not { } self) return;
        _log.Warning(
            "SBR took decision {0} and is downing [{1}] of {2} members{3}; unreachable [{4}], indirectly connected [{5}]",
            [plan.Decision, Addresses(plan.ToDown), _picture.Members.Count, plan.ToDown.Contains(_self) ? ", including itself" : "", Addresses(Undecided()), Addresses(plan.IndirectlyConnected)]);
        // Whoever is not up has no say about others. Oneself last: the others should still be told.
        var mayDownOthers = self.Status is MemberStatus.Up or MemberStatus.Leaving;
        foreach (var node in plan.ToDown.Where(node => mayDownOthers || node == _self).OrderBy(node => node == _self).ToArray())
            _down(node);
    }

    /// <summary>Another member will not hear of this incarnation any more: it was removed while it could not be reached.</summary>
    private void CutOffBy(Address other)
    {
        if (!_picture.Members.Any(member => member.Address.Equals(other) && member.Status is not (MemberStatus.Down or MemberStatus.Exiting))) return;
        _log.Warning("SBR took decision DownSelfQuarantinedByRemote: [{0}] has quarantined this node, which is downing itself", other);
        _down(_self);
    }

    private static string Addresses(IEnumerable<UniqueAddress> nodes) => string.Join(", ", nodes.Select(static node => node.Address));

    private sealed class StableDue
    {
        internal static readonly StableDue Instance = new();
    }

    private sealed class UnstableDue
    {
        internal static readonly UnstableDue Instance = new();
    }
}
