using Akka.Actor;
using Akka.Persistence;

namespace Akka.Cluster.Node;

/// <summary>
/// Persists who it is with each event, so that its journal tells whether two incarnations ever wrote in turns: a later one
/// may go on where an earlier one ended, but the earlier one never again.
/// </summary>
internal sealed class PersistentEntity : ReceivePersistentActor
{
    internal const string Add = "add";

    internal const string Tell = "history";

    private readonly string _incarnation = Guid.NewGuid().ToString("N")[..8];
    private readonly List<string> _writers = [];
    private int _events;
    private bool _isInterleaved;

    public PersistentEntity(string id)
    {
        PersistenceId = $"entity-{id}";
        var self = Cluster.Get(Context.System).SelfAddress;
        Recover<string>(Note);
        Command<string>(word => word == Add, _ =>
        {
            var asker = Sender;
            Persist(_incarnation, writer =>
            {
                Note(writer);
                asker.Tell(new Added(id, _events));
            });
        });
        Command<string>(word => word == Tell, _ => Sender.Tell(new History(id, _events, _writers.Count, _isInterleaved)));
        Command<string>(_ => Sender.Tell(new Lifetime.Where(id, $"{self.Host}:{self.Port}")));
    }

    public override string PersistenceId { get; }

    internal static Props Props(string id) => Actor.Props.Create(() => new PersistentEntity(id));

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => Output.Write($"persist failed {PersistenceId} {sequenceNr}");

    private void Note(string writer)
    {
        _events++;
        if (_writers.Count > 0 && _writers[^1] == writer) return;
        _isInterleaved |= _writers.Contains(writer);
        _writers.Add(writer);
    }

    internal sealed record Added(string Id, int Events);

    /// <summary>What its journal says.</summary>
    internal sealed record History(string Id, int Events, int Writers, bool IsInterleaved);
}
