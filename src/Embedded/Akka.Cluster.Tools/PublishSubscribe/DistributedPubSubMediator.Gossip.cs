using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe.Internal;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>
/// How registries travel: a change goes to the others at once, as far as there are not too many; what got lost is found out
/// by comparing versions with somebody now and then.
/// </summary>
public partial class DistributedPubSubMediator
{
    /// <summary>A change goes to so many at once; the rest hear of it by the gossip.</summary>
    private const int SpreadTo = 32;

    /// <summary>A mediator that starts asks so many others; the gossip finds what they do not know.</summary>
    private const int AskAtStart = 3;

    /// <summary>Changes that come together travel together.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<UniqueAddress, RemoteNode> _nodes = [];
    private ICancelable? _gossiping;
    private long _spread;
    private bool _willSpread;

    protected override void PreStart()
    {
        if (_cluster.IsTerminated)
        {
            Context.Stop(Self);
            return;
        }

        _cluster.Subscribe(Self, InitialStateAsSnapshot, typeof(IMemberEvent), typeof(ClusterShuttingDown));
        _gossiping = Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(
            _settings.GossipInterval, _settings.GossipInterval, Self, GossipDue.Instance, Self);
    }

    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        _gossiping?.Cancel();
    }

    private void ReceiveGossip()
    {
        Receive<Delta>(Merge);
        Receive<KnownVersions>(Answer);
        Receive<SpreadDue>(_ => Spread());
        Receive<GossipDue>(_ => Gossip());
        Receive<CurrentClusterState>(state =>
        {
            foreach (var member in state.Members) Consider(member);
            // What was told before this mediator was there.
            foreach (var node in SomeNodes(AskAtStart)) node.Mediator.Tell(Known(isReply: true), Self);
        });
        Receive<MemberRemoved>(removed => removed.Member.UniqueAddress == _cluster.SelfUniqueAddress, _ => Context.Stop(Self));
        Receive<IMemberEvent>(change => Consider(change.Member));
        Receive<ClusterShuttingDown>(_ => Context.Stop(Self));
    }

    private void Consider(Member member)
    {
        var node = member.UniqueAddress;
        if (node == _cluster.SelfUniqueAddress || (_settings.Role is { } role && !member.HasRole(role))) return;
        switch (member.Status)
        {
            case MemberStatus.Up or MemberStatus.WeaklyUp or MemberStatus.Leaving when !_nodes.ContainsKey(node):
                var path = new RootActorPath(member.Address) / Self.Path.Elements;
                _nodes[node] = new RemoteNode(node, ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(path));
                if (_own.Version > 0) Tell(_nodes[node], _own.After(0, _settings.MaxDeltaElements));
                break;
            // Its actors are ending: nothing should go there that somebody else can have.
            case MemberStatus.Exiting or MemberStatus.Down or MemberStatus.Removed when _nodes.Remove(node, out var gone):
                foreach (var entry in gone.Bucket.Present) _remote.Apply(gone, entry with { Actor = null });
                break;
        }
    }

    private void SpreadSoon()
    {
        if (_willSpread || _own.Version == _spread) return;
        _willSpread = true;
        Context.System.Scheduler.ScheduleTellOnce(Together, Self, SpreadDue.Instance, Self);
    }

    private void Spread()
    {
        _willSpread = false;
        var news = _own.After(_spread, _settings.MaxDeltaElements);
        _spread = news.Version;
        foreach (var node in SomeNodes(SpreadTo)) Tell(node, news);
        SpreadSoon();
    }

    private void Gossip()
    {
        _own.Prune(_settings.RemovedTimeToLive);
        foreach (var node in _nodes.Values) node.Bucket.Prune(_settings.RemovedTimeToLive);
        foreach (var node in SomeNodes(1)) node.Mediator.Tell(Known(isReply: false), Self);
    }

    private void Answer(KnownVersions theirs)
    {
        if (!_nodes.TryGetValue(theirs.From, out var from)) return;
        var news = Buckets().Where(bucket => bucket.Owner != theirs.From && bucket.Version > theirs.Versions.GetValueOrDefault(bucket.Owner))
            .Select(bucket => bucket.After(theirs.Versions.GetValueOrDefault(bucket.Owner), _settings.MaxDeltaElements)).ToArray();
        if (news.Length > 0) from.Mediator.Tell(new Delta(news), Self);
        if (!theirs.IsReply && theirs.Versions.Any(their => _nodes.TryGetValue(their.Key, out var node) && node.Bucket.Version < their.Value))
            from.Mediator.Tell(Known(isReply: true), Self);
    }

    private void Merge(Delta delta)
    {
        foreach (var news in delta.Buckets)
        {
            // Somebody who is gone, or whom this node has not met yet.
            if (!_nodes.TryGetValue(news.Owner, out var node)) continue;
            if (!node.Bucket.Merge(news, change => _remote.Apply(node, change))) Sender.Tell(Known(isReply: true), Self);
        }
    }

    private IEnumerable<Bucket> Buckets() => _nodes.Values.Select(static node => node.Bucket).Append(_own).Where(static bucket => bucket.Version > 0);

    private KnownVersions Known(bool isReply) => new(
        _cluster.SelfUniqueAddress, Buckets().ToDictionary(static bucket => bucket.Owner, static bucket => bucket.Version), isReply);

    private void Tell(RemoteNode node, BucketDelta news) => node.Mediator.Tell(new Delta([news]), Self);

    private IEnumerable<RemoteNode> SomeNodes(int most)
    {
        if (_nodes.Count <= most) return _nodes.Values;
        var all = _nodes.Values.ToArray();
        Random.Shared.Shuffle(all);
        return all.Take(most);
    }

    private sealed class GossipDue : INoSerializationVerificationNeeded
    {
        internal static readonly GossipDue Instance = new();
    }

    private sealed class SpreadDue : INoSerializationVerificationNeeded
    {
        internal static readonly SpreadDue Instance = new();
    }
}
