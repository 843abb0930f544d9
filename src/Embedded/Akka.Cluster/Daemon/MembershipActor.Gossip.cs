using Akka.Actor;
using Akka.Cluster.Gossiping;

namespace Akka.Cluster.Daemon;

/// <summary>How gossip travels.</summary>
internal sealed partial class MembershipActor
{
    /// <summary>A change is told to so many at once; the rest hear of it from them.</summary>
    private const int SpreadTo = 3;

    /// <summary>Incarnations that are gone are remembered for so long, in case an old gossip turns up.</summary>
    private static readonly TimeSpan TombstoneAge = TimeSpan.FromHours(24);

    /// <summary>Between two rounds of news there is so much time for each member.</summary>
    private static readonly TimeSpan SpreadPause = TimeSpan.FromMilliseconds(1);

    private long _spreadAt;
    private bool _spreadIsDue;

    /// <summary>A change of this node's own.</summary>
    private void Update(Gossip gossip)
    {
        Publish(gossip.Changed(_self));
        Spread();
    }

    private void Publish(Gossip gossip)
    {
        var before = _gossip;
        _gossip = gossip;
        if (gossip.HasConverged(_self, _confirmedExits)) _convergedAt = TimeProvider.System.GetTimestamp();
        _cluster.Latest = gossip;
        _events.Tell(gossip);
        if (!ReferenceEquals(before.Members, gossip.Members) && !(before.Members.Count == gossip.Members.Count && before.Members.SequenceEqual(gossip.Members)))
            _heartbeats.Tell(new MembersToMonitor(_self, gossip.Members));
        CutOffWhoeverIsGone(before);
        LookAtOneself();
    }

    private void ReceiveGossip(GossipEnvelope envelope)
    {
        var theirs = envelope.Gossip;
        // Not for this incarnation, or from somebody who does not count it in.
        if (envelope.To != _self || !theirs.Has(_self) || !_gossip.Has(envelope.From)) return;
        var order = theirs.Version.CompareTo(_gossip.Version);
        var merged = order switch
        {
            VersionOrder.Same => _gossip.MergeSeen(theirs),
            VersionOrder.Before => _gossip,
            VersionOrder.After => theirs with { Tombstones = theirs.Tombstones.SetItems(_gossip.Tombstones) },
            _ => _gossip.Merge(theirs),
        };
        var gossip = merged.SeenBy(_self);
        var isNews = order is VersionOrder.After or VersionOrder.Concurrent;
        if (isNews || !gossip.Seen.SetEquals(_gossip.Seen)) Publish(gossip);
        // Also to somebody who has the same version but does not know that this node has seen it.
        if (order is VersionOrder.Before or VersionOrder.Concurrent || !theirs.Seen.Contains(_self)) SendGossip(envelope.From);
        if (isNews) Spread();
        ActAsLeader(mayWeaken: false);
    }

    private void ReceiveStatus(GossipStatus status)
    {
        if (!_gossip.Has(status.From)) return;
        switch (status.Version.CompareTo(_gossip.Version))
        {
            case VersionOrder.After:
                SendStatus(status.From);
                break;
            case VersionOrder.Before or VersionOrder.Concurrent:
                SendGossip(status.From);
                break;
            case VersionOrder.Same:
                var toldMore = !status.Seen.IsSubsetOf(_gossip.Seen);
                if (toldMore) Publish(_gossip with { Seen = _gossip.Seen.Union(status.Seen) });
                if (!_gossip.Seen.IsSubsetOf(status.Seen)) SendStatus(status.From);
                if (toldMore) ActAsLeader(mayWeaken: false);
                break;
        }
    }

    private void SendStatus(UniqueAddress to) => Core(to.Address).Tell(new GossipStatus(_self, _gossip.Version, _gossip.Seen));

    /// <summary>Now and then to anybody, rather to those who have not seen this version.</summary>
    private void GossipToSomebody()
    {
        _gossip = _gossip.ForgetTombstones(Now() - (long)TombstoneAge.TotalMilliseconds);
        var others = Others();
        if (others.Length == 0) return;
        var behind = others.Where(node => !_gossip.Seen.Contains(node)).ToArray();
        var among = behind.Length > 0 && Random.Shared.NextDouble() < _settings.GossipDifferentViewProbability ? behind : others;
        var peer = among[Random.Shared.Next(among.Length)];
        if (_gossip.Seen.Contains(peer)) SendStatus(peer);
        else SendGossip(peer);
    }

    /// <summary>
    /// News go on at once, as agreement must not wait for ticks; but many in a row, as when many join, go on together, and
    /// the more members have to hear of them the more of them.
    /// </summary>
    private void Spread()
    {
        if (_spreadIsDue) return;
        var pause = SpreadPause * _gossip.Members.Count;
        var left = (pause < _settings.GossipInterval ? pause : _settings.GossipInterval) - TimeProvider.System.GetElapsedTime(_spreadAt);
        if (left <= TimeSpan.Zero)
        {
            SpreadNow();
            return;
        }

        _spreadIsDue = true;
        Context.System.Scheduler.ScheduleTellOnce(left, Self, SpreadDue.Instance, Self);
    }

    private void SpreadNow()
    {
        _spreadIsDue = false;
        _spreadAt = TimeProvider.System.GetTimestamp();
        var behind = Others().Where(node => !_gossip.Seen.Contains(node)).ToArray();
        Random.Shared.Shuffle(behind);
        foreach (var peer in behind.Take(SpreadTo)) SendGossip(peer);
        // Whoever acts for the cluster waits to hear that all have seen it, so it is told at once.
        if (_gossip.Leader(_self) is { } leader && leader != _self && _gossip.Reachability.IsReachable(_self, leader)) SendStatus(leader);
    }

    private UniqueAddress[] Others() => [.. _gossip.Members
        .Where(member => member.UniqueAddress != _self && _gossip.Reachability.IsReachable(_self, member.UniqueAddress))
        .Select(member => member.UniqueAddress)];

    private void SendGossip(UniqueAddress to) => Core(to.Address).Tell(new GossipEnvelope(_self, to, _gossip));

    /// <summary>Nothing is exchanged any more with incarnations that were downed or removed while they could not be reached.</summary>
    private void CutOffWhoeverIsGone(Gossip before)
    {
        foreach (var member in before.Members.Where(member => member.UniqueAddress != _self && !_gossip.Has(member.UniqueAddress)))
            if (member.Status == MemberStatus.Down || !before.ReachabilityThatCounts.IsReachable(member.UniqueAddress))
                _cluster.Provider.Quarantine(member.Address, member.UniqueAddress.Uid);
    }

    private void LookAtOneself()
    {
        switch (_gossip.Find(_self)?.Status)
        {
            case MemberStatus.Exiting when !_isLeaving:
                _isLeaving = true;
                _cluster.Exiting();
                break;
            case MemberStatus.Down when !_isLeaving:
                _isLeaving = true;
                // The others should hear of it before this node falls silent.
                SpreadNow();
                _cluster.Downed();
                break;
        }
    }

    private sealed class SpreadDue
    {
        internal static readonly SpreadDue Instance = new();
    }
}
