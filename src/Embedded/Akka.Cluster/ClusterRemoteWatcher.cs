using System.Collections.Immutable;
using Akka.Actor;
using Akka.Remote;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster;

/// <summary>
/// Watches as any node does, but for members of the cluster: of those the membership decides whether they are gone, so
/// that all nodes agree on it.
/// </summary>
internal sealed class ClusterRemoteWatcher(
    IFailureDetectorRegistry<Address> failureDetector, TimeSpan heartbeatInterval, TimeSpan unreachableReaperInterval, TimeSpan expectedResponseAfter)
    : RemoteWatcher(failureDetector, heartbeatInterval, unreachableReaperInterval, expectedResponseAfter)
{
    private ImmutableHashSet<Address> _members = [];

    protected override void PreStart()
    {
        base.PreStart();
        // The extension waits for this actor, so it is asked for by a message.
        Self.Tell(Subscription.Instance);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Subscription:
                Cluster.Get(Context.System).Subscribe(Self, typeof(IMemberEvent));
                break;
            case CurrentClusterState state:
                _members = [.. state.Members.Select(member => member.Address)];
                foreach (var address in WatchingNodes.Where(_members.Contains).ToArray()) LeaveToMembership(address);
                break;
            case MemberRemoved removed:
                _members = _members.Remove(removed.Member.Address);
                if (removed.PreviousStatus == MemberStatus.Down) Quarantine(removed.Member.Address, removed.Member.UniqueAddress.Uid);
                PublishAddressTerminated(removed.Member.Address);
                break;
            case IMemberEvent change:
                _members = _members.Add(change.Member.Address);
                if (WatchingNodes.Contains(change.Member.Address)) LeaveToMembership(change.Member.Address);
                break;
            default:
                base.OnReceive(message);
                break;
        }
    }

    protected override void WatchNode(IInternalActorRef watchee)
    {
        if (!_members.Contains(watchee.Path.Address)) base.WatchNode(watchee);
    }

    private void LeaveToMembership(Address address)
    {
        if (WatcheeByNodes.ContainsKey(address)) UnwatchNode(address);
    }

    private sealed class Subscription
    {
        internal static readonly Subscription Instance = new();
    }
}
