using System.Globalization;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace Akka.Cluster.Node;

/// <summary>
/// Sharded entities, by numbers: <c>shards start plain FILE</c> for such as note their lives in a file, <c>shards start
/// persistent</c> for such as persist, <c>shards start echo</c> for such as send back what they get. <c>shards ask|add|history ID</c> speaks to one, again and again until it answers, and
/// writes <c>entity ID at HOST:PORT</c>, <c>added ID EVENTS</c> or <c>history ID EVENTS WRITERS clean|interleaved</c>.
/// <c>shards reach FIRST LAST</c> asks all of them and writes <c>reached FIRST LAST</c> once each has answered.
/// </summary>
internal sealed class ShardsActor : ReceiveActor, IWithTimers
{
    private const string TypeName = "entities";

    /// <summary>32 shards by the hash of the id.</summary>
    internal static readonly HashCodeMessageExtractor Extractor = HashCodeMessageExtractor.Create(
        32, static message => (message as ShardingEnvelope)?.EntityId, static message => (message as ShardingEnvelope)?.Message ?? message);

    /// <summary>What was sent to a node that died is lost, so it is asked again.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<string, string> _unanswered = [];
    private readonly HashSet<string> _toReach = [];
    private string? _reaching;
    private IActorRef _region = ActorRefs.Nobody;

    public ShardsActor()
    {
        Receive<Command>(command => Do(command.Words));
        Receive<AskDue>(_ => Ask());
        Receive<Lifetime.Where>(where =>
        {
            if (_toReach.Remove(where.Name) && _toReach.Count == 0) Output.Write($"reached {_reaching!}");
            if (IsAnswered(where.Name, Lifetime.Question)) Output.Write($"entity {where.Name} at {where.Node}");
        });
        Receive<PersistentEntity.Added>(added =>
        {
            if (IsAnswered(added.Id, PersistentEntity.Add)) Output.Write($"added {added.Id} {added.Events}");
        });
        Receive<PersistentEntity.History>(history =>
        {
            if (IsAnswered(history.Id, PersistentEntity.Tell)) Write(history);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    internal static void Write(PersistentEntity.History history) =>
        Output.Write($"history {history.Id} {history.Events} {history.Writers} {(history.IsInterleaved ? "interleaved" : "clean")}");

    private void Do(string[] words)
    {
        switch (words)
        {
            case ["start", "plain", var file]:
                Start(id => Lifetime.Props(id, file));
                break;
            case ["start", "echo"]:
                Start(static _ => Props.Create(static () => new Echo()));
                break;
            case ["start", "persistent"]:
                Start(PersistentEntity.Props);
                break;
            case ["ask", var id]:
                Send(id, Lifetime.Question);
                break;
            case ["add", var id]:
                Send(id, PersistentEntity.Add);
                break;
            case ["history", var id]:
                Send(id, PersistentEntity.Tell);
                break;
            case ["reach", var first, var last]:
                _reaching = $"{first} {last}";
                _toReach.Clear();
                for (var i = int.Parse(first, CultureInfo.InvariantCulture); i <= int.Parse(last, CultureInfo.InvariantCulture); i++)
                    _toReach.Add(i.ToString(CultureInfo.InvariantCulture));
                Ask();
                break;
            default:
                Output.Write($"unknown shards {string.Join(' ', words)}");
                break;
        }
    }

    private void Start(Func<string, Props> entity)
    {
        _region = ClusterSharding.Get(Context.System).Start(TypeName, entity, ClusterShardingSettings.Create(Context.System), Extractor);
        Timers.StartPeriodicTimer(nameof(AskDue), AskDue.Instance, AskAgain);
        Output.Write($"region started");
    }

    private void Send(string id, string word)
    {
        _unanswered[id] = word;
        _region.Tell(new ShardingEnvelope(id, word));
    }

    private void Ask()
    {
        foreach (var id in _toReach) _region.Tell(new ShardingEnvelope(id, Lifetime.Question));
        // Adding is not repeated: it may be done although nobody answered.
        foreach (var (id, word) in _unanswered)
            if (word != PersistentEntity.Add)
                _region.Tell(new ShardingEnvelope(id, word));
    }

    private bool IsAnswered(string id, string word) => _unanswered.TryGetValue(id, out var asked) && asked == word && _unanswered.Remove(id);

    private sealed class Echo : ReceiveActor
    {
        public Echo() => Receive<string>(text => Sender.Tell(text));
    }

    private sealed class AskDue
    {
        internal static readonly AskDue Instance = new();
    }
}
