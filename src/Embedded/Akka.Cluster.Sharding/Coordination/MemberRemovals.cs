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

    private readonly ConcurrentDictionary<int, long> _removedAt = new();

    internal Props ListenerProps => Props.Create(() => new Listener(this));

    /// <summary>What is left of the margin of a node that is no member any more.</summary>
    internal TimeSpan Left(int nodeUid, TimeSpan margin) =>
        _removedAt.TryGetValue(nodeUid, out var at) && margin - TimeProvider.System.GetElapsedTime(at) is var left && left > TimeSpan.Zero
            ? left
            : TimeSpan.Zero;

    private void Note(int nodeUid)
    {
        if (_removedAt.Count >= Most) _removedAt.Clear();
        _removedAt.TryAdd(nodeUid, TimeProvider.System.GetTimestamp());
    }

    private sealed class Listener : ReceiveActor
    {
        private readonly MemberRemovals _removals;

        public Listener(MemberRemovals removals)
        {
            _removals = removals;
            Receive<MemberRemoved>(removed => _removals.Note(removed.Member.UniqueAddress.Uid));
            ReceiveAny(static _ => { });
        }

        protected override void PreStart() => Cluster.Get(Context.System).Subscribe(Self, typeof(MemberRemoved));

        protected override void PostStop() => Cluster.Get(Context.System).Unsubscribe(Self);
    }
}
