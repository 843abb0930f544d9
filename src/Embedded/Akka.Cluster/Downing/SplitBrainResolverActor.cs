using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.SBR;

/// <summary>Waits until the membership has been unchanged for a while with somebody unreachable, then decides and downs.</summary>
internal sealed class SplitBrainResolverActor : ReceiveActor, IWithTimers
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Cluster _cluster;
    private readonly SplitBrainResolverSettings _settings;
    private readonly Dictionary<UniqueAddress, Member> _members = [];
    private ImmutableHashSet<UniqueAddress> _unreachable = [];
    private long? _unstableSince;

    public SplitBrainResolverActor(Cluster cluster, SplitBrainResolverSettings settings)
    {
        _cluster = cluster;
        _settings = settings;
        Receive<CurrentClusterState>(state =>
        {
            foreach (var member in state.Members) _members[member.UniqueAddress] = member;
            _unreachable = [.. state.Unreachable.Select(member => member.UniqueAddress)];
            Changed();
        });
        Receive<UnreachableMember>(unreachable =>
        {
            _unreachable = _unreachable.Add(unreachable.Member.UniqueAddress);
            Changed();
        });
        Receive<ReachableMember>(reachable =>
        {
            _unreachable = _unreachable.Remove(reachable.Member.UniqueAddress);
            Changed();
        });
        Receive<MemberRemoved>(removed =>
        {
            _members.Remove(removed.Member.UniqueAddress);
            _unreachable = _unreachable.Remove(removed.Member.UniqueAddress);
            Changed();
        });
        Receive<IMemberEvent>(change =>
        {
            _members[change.Member.UniqueAddress] = change.Member;
            // Who joins, or is declared down by this very decision, does not make it unstable.
            if (change.Member.Status is not (MemberStatus.Joining or MemberStatus.WeaklyUp or MemberStatus.Down)) Changed();
        });
        Receive<StableDue>(_ => Decide());
        Receive<UnstableDue>(_ =>
        {
            if (_unreachable.IsEmpty) return;
            _log.Warning("SBR has been unstable for {0}: downing all, including itself", _settings.DownAllWhenUnstable);
            Down(_members.Keys);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => _cluster.Subscribe(Self, typeof(IMemberEvent), typeof(IReachabilityEvent));

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    private void Changed()
    {
        Timers.Cancel(nameof(StableDue));
        if (_unreachable.IsEmpty)
        {
            Timers.Cancel(nameof(UnstableDue));
            _unstableSince = null;
            return;
        }

        Timers.StartSingleTimer(nameof(StableDue), StableDue.Instance, _settings.DowningStableAfter);
        if (_unstableSince is not null || _settings.DownAllWhenUnstable <= TimeSpan.Zero) return;
        _unstableSince = TimeProvider.System.GetTimestamp();
        Timers.StartSingleTimer(nameof(UnstableDue), UnstableDue.Instance, _settings.DownAllWhenUnstable);
    }

    private void Decide()
    {
        Timers.Cancel(nameof(UnstableDue));
        _unstableSince = null;
        var decision = DowningDecisions.Decide(_settings, _members.Values, _unreachable);
        var reachable = _members.Keys.Where(node => !_unreachable.Contains(node)).ToArray();
        _log.Warning(
            "SBR took decision {0} with strategy {1}: {2} members, unreachable [{3}]",
            decision, _settings.DowningStrategy, _members.Count, string.Join(", ", _unreachable.Select(node => node.Address)));
        Down(decision switch
        {
            DowningDecision.DownUnreachable => _unreachable,
            DowningDecision.DownReachable => reachable,
            _ => _members.Keys,
        });
    }

    private void Down(IEnumerable<UniqueAddress> nodes)
    {
        // Oneself last: the others should still be told.
        foreach (var node in nodes.OrderBy(node => node == _cluster.SelfUniqueAddress).ToArray()) _cluster.Down(node.Address);
    }

    private sealed class StableDue
    {
        internal static readonly StableDue Instance = new();
    }

    private sealed class UnstableDue
    {
        internal static readonly UnstableDue Instance = new();
    }
}
