using ActorScheduler.Master.Journaling;
using Akka.Actor;

namespace ActorScheduler.Benchmarks.Journal;

/// <summary>Commits events of 200 bytes as fast as they become durable.</summary>
internal sealed class FillingActor : CommittingActor<string>
{
    internal const string HowMany = "how-many";

    private static readonly string Event = new('x', 200);

    private readonly string[] _batch;
    private readonly int _underWay;
    private long _durable;

    public FillingActor(string id, int batch, int underWay)
    {
        (PersistenceId, _batch, _underWay) = (id, [.. Enumerable.Repeat(Event, batch)], underWay);
        Command<Next>(_ => Commit(_batch, () =>
        {
            _durable += _batch.Length;
            Self.Tell(Next.Instance);
        }));
        Command<string>(_ => Sender.Tell(_durable));
    }

    public override string PersistenceId { get; }

    protected override int SnapshotDueAfter => int.MaxValue;

    protected override string SnapshotMark => "mark";

    /// <param name="id">Its persistence id.</param>
    /// <param name="batch">Events of a commit.</param>
    /// <param name="underWay">Commits under way at a time.</param>
    public static Props Props(string id, int batch, int underWay) => Akka.Actor.Props.Create(() => new FillingActor(id, batch, underWay));

    protected override void Apply(string fact)
    {
        // It has no state but what is durable.
    }

    protected override object TakeSnapshot() => SnapshotMark;

    protected override void Restore(object snapshot)
    {
        // As above.
    }

    protected override void Begin()
    {
        for (int i = 0; i < _underWay; i++)
            Self.Tell(Next.Instance);
    }

    private sealed record Next
    {
        public static readonly Next Instance = new();
    }
}
