using System.Collections.Concurrent;
using Akka.Actor;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Sharding.Coordination;

/// <summary>
/// When members were removed, since the extension started. A coordinator that starts later has to know for how long their
/// shards may still live on the other side of a split.
/// </summary>
internal sealed class MemberRemovals
{
    // Removals older than any margin are of no use.
    private const int Most = 1000;

    private readonly ConcurrentDictionary<int, bool> _members = new();
    private readonly ConcurrentDictionary<int, long> _removedAt = new();

    internal Props ListenerProps => Props.Create(() => new Listener(this));

    /// <summary>
    /// What is left of the margin of a node that is no member any more. All of it, when its removal has not got here yet; none,
    /// when it was no member since this node is one: then it is of a cluster that was before this one.
    /// </summary>
    internal TimeSpan Left(int nodeUid, TimeSpan margin)
    {
        if (_members.ContainsKey(nodeUid)) Removed(nodeUid);
        if (!_removedAt.TryGetValue(nodeUid, out var at)) return TimeSpan.Zero;
        var left = margin - TimeProvider.System.GetElapsedTime(at);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Removed(int nodeUid)
    {
        if (_removedAt.Count >= Most) _removedAt.Clear();
        _removedAt.TryAdd(nodeUid, TimeProvider.System.GetTimestamp());
        _members.TryRemove(nodeUid, out _);
    }

    private sealed class Listener : ReceiveActor
    {
        private readonly MemberRemovals _removals;

        public Listener(MemberRemovals removals)
        {
            _removals = removals;
            Receive<MemberRemoved>(removed => _removals.Removed(removed.Member.UniqueAddress.Uid));
            Receive<IMemberEvent>(change => _removals._members[change.Member.UniqueAddress.Uid] = true);
            ReceiveAny(static _ => { });
        }

        protected override void PreStart() => Cluster.Get(Context.System).Subscribe(Self, InitialStateAsEvents, typeof(IMemberEvent));

        protected override void PostStop() => Cluster.Get(Context.System).Unsubscribe(Self);
    }
}
