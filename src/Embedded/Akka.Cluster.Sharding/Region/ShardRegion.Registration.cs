using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding.Coordination;
using Akka.Event;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Sharding;

/// <summary>Registration: the coordinator is on the oldest node of the role, or about to be on the next.</summary>
public sealed partial class ShardRegion
{
    private const int CandidatesAsked = 3;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(50);

    private ImmutableSortedSet<Member> _candidates;
    private IActorRef? _coordinator;
    private TimeSpan _registerAgainIn = FirstRetry;

    private void HandleState(CurrentClusterState state)
    {
        foreach (var member in state.Members) Note(member);
        LookAgain();
    }

    private void HandleChange(IClusterDomainEvent change)
    {
        switch (change)
        {
            case ClusterShuttingDown:
                Context.Stop(Self);
                break;
            case MemberDowned downed when downed.Member.UniqueAddress == _cluster.SelfUniqueAddress:
                _log.Info("{0}: This node is downed, its shards end", _typeName);
                Context.Stop(Self);
                break;
            case MemberRemoved removed:
                if (removed.Member.UniqueAddress == _cluster.SelfUniqueAddress)
                {
                    Context.Stop(Self);
                    break;
                }

                _candidates = _candidates.Remove(Find(removed.Member) ?? removed.Member);
                LoseHomes(home => home.Path.Address.Equals(removed.Member.Address));
                if (_coordinator is not null && _coordinator.Path.Address.Equals(removed.Member.Address)) _coordinator = null;
                LookAgain();
                break;
            case IMemberEvent other:
                var oldest = _candidates.FirstOrDefault();
                Note(other.Member);
                if (!Equals(oldest, _candidates.FirstOrDefault())) LookAgain();
                break;
        }
    }

    private void Note(Member member)
    {
        if (_settings.Role is { } role && !member.HasRole(role)) return;
        // A member's place is that of its status, so the older view goes first.
        if (Find(member) is { } before) _candidates = _candidates.Remove(before);
        if (member.Status is MemberStatus.Up or MemberStatus.Leaving or MemberStatus.Exiting) _candidates = _candidates.Add(member);
    }

    private Member? Find(Member member) => _candidates.FirstOrDefault(member.Equals);

    /// <summary>Something changed: looks for the coordinator at once, and soon again.</summary>
    private void LookAgain()
    {
        _registerAgainIn = FirstRetry;
        Register();
    }

    private void Register()
    {
        if (_coordinator is not null) return;
        // Where later versions go first, any member may have it.
        var asked = _settings.CoordinatorSingletonSettings.ConsiderAppVersion ? _candidates.Count : CandidatesAsked;
        foreach (var member in _candidates.Take(asked))
        {
            Context.ActorSelection(
                    new RootActorPath(member.Address) / "system" / ShardingNames.Guardian(Context.System) / ShardingNames.Manager(_typeName)
                    / ShardingNames.Singleton / ShardingNames.Coordinator)
                .Tell(Registration(), Self);
        }

        Timers.StartSingleTimer(RegisterDue.Instance, RegisterDue.Instance, _registerAgainIn);
        _registerAgainIn = _registerAgainIn * 2 < Tuning.RetryInterval ? _registerAgainIn * 2 : Tuning.RetryInterval;
    }

    private void RegisterWith(IActorRef coordinator)
    {
        if (coordinator.Equals(_coordinator)) return;
        LoseCoordinator();
        coordinator.Tell(Registration(), Self);
    }

    private object Registration() => _entityProps is null
        ? new RegisterProxy(Self, _cluster.SelfUniqueAddress.Uid)
        : new Coordination.Register(Self, _cluster.SelfUniqueAddress.Uid, [.. _byShardActor.Values.Select(route => route.Shard)]);

    private void Registered(IActorRef coordinator)
    {
        if (coordinator.Equals(_coordinator)) return;
        if (_coordinator is not null) Context.Unwatch(_coordinator);
        _coordinator = Context.Watch(coordinator);
        Timers.Cancel(RegisterDue.Instance);
        AskForAllHomes();
        AskToHandOver();
    }

    private void LoseCoordinator()
    {
        if (_coordinator is not null) Context.Unwatch(_coordinator);
        _coordinator = null;
        LookAgain();
    }

    private void Retry()
    {
        _warnedOfOverflow = false;
        if (_coordinator is null) return;
        AskForAllHomes();
        AskToHandOver();
    }

    private void AskForAllHomes()
    {
        foreach (var route in _routes.Values)
        {
            route.IsAsked = false;
            if (route.Held.Count > 0) AskForHome(route);
        }
    }

    private void LoseHomes(Func<IActorRef, bool> isLost)
    {
        foreach (var route in _routes.Values)
        {
            if (route.Home is { } home && route.Actor is null && !home.Equals(Self) && isLost(home)) route.Home = null;
        }
    }
}
