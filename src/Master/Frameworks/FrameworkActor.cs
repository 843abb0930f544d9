using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;

namespace ActorScheduler.Master.Frameworks;

/// <summary>
/// Owns one framework: its registration, its tasks, and the updates that its scheduler has not acknowledged. Facts enter the
/// book at once and are told to nobody before they are in the journal; a failure in between ends the actor, and the book with
/// it. Whatever was sent and not answered is sent again at the next <see cref="RetryDue"/>.
/// <code>
///   scheduler -- commands --> check -> facts -> book -> journal -> allocator, agent, answers
///   allocator, agents -- news --> judge -> facts -> book -> journal -> scheduler, answers
/// </code>
/// </summary>
internal sealed partial class FrameworkActor : ReceivePersistentActor, IWithTimers
{
    private readonly FrameworkId _id;
    private readonly FrameworkSettings _settings;
    private readonly IActorRef _allocator;
    private readonly TimeProvider _time;
    private readonly ILoggingAdapter _log;
    private readonly FrameworkBook _book;
    private long _eventsSinceSnapshot;
    private bool _isSnapshotting;

    public FrameworkActor(FrameworkId id, FrameworkSettings settings, IActorRef allocator, TimeProvider time)
    {
        (_id, _settings, _allocator, _time) = (id, settings, allocator, time);
        _log = Context.GetLogger();
        _book = new FrameworkBook(id, new BookLimits(settings.CompletedTasks));
        Recover<FrameworkEvent>(_book.Apply);
        Recover<SnapshotOffer>(offer => _book.Restore((BookSnapshot)offer.Snapshot));
        Recover<RecoveryCompleted>(_ => Begin());
        Command<RetryDue>(_ => Retry());
        Command<SaveSnapshotSuccess>(saved => Saved(saved.Metadata.SequenceNr));
        Command<SaveSnapshotFailure>(failed => NotSaved(failed.Cause));
        Command<DeleteMessagesSuccess>(static _ => { });
        Command<DeleteMessagesFailure>(failed => _log.Warning(failed.Cause, "Old events of framework {FrameworkId} could not be deleted", _id));
        ReceiveSessions();
        ReceiveOffers();
        ReceiveAgents();
        Command<GetFramework>(query => Sender.Tell(Snapshot(query)));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public override string PersistenceId => $"framework-{_id}";

    private DateTimeOffset Now => _time.GetUtcNow();

    /// <param name="id">Which framework.</param>
    /// <param name="settings">Times and limits.</param>
    /// <param name="allocator">The way to the allocator.</param>
    /// <param name="time">The clock.</param>
    public static Props Props(FrameworkId id, FrameworkSettings settings, IActorRef allocator, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new FrameworkActor(id, settings, allocator, time));

    protected override void PreStart()
    {
        base.PreStart();
        Context.System.EventStream.Subscribe(Self, typeof(AllocatorStarted));
    }

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        base.PostStop();
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        _log.Error(cause, "Framework {FrameworkId} stops: event {SequenceNr} ({Event}) is not in its journal", _id, sequenceNr, @event.GetType().Name);

    private void Begin()
    {
        Timers.StartPeriodicTimer(nameof(RetryDue), RetryDue.Instance, _settings.RetryMin, _settings.RetryMin);
        _lastSeen = _time.GetTimestamp();
        if (_book.Info is not null)
            Register();
    }

    /// <summary>Enters facts and goes on once they are durable. Without facts it goes on once all earlier ones are.</summary>
    private void Commit(IReadOnlyList<FrameworkEvent> facts, Action then)
    {
        if (facts.Count == 0)
        {
            DeferAsync(Nothing.Instance, _ => then());
            return;
        }
        foreach (FrameworkEvent fact in facts)
            _book.Apply(fact);
        int left = facts.Count;
        PersistAllAsync(facts, _ =>
        {
            _eventsSinceSnapshot++;
            if (--left > 0)
                return;
            then();
            SnapshotIfDue();
        });
    }

    private void Commit(FrameworkEvent fact, Action then) => Commit([fact], then);

    /// <summary>A snapshot costs as much as there are tasks, so it is due after at least as many events.</summary>
    private void SnapshotIfDue()
    {
        if (_isSnapshotting || _eventsSinceSnapshot < Math.Max(_settings.SnapshotEvery, _book.Tasks.Count + _book.Completed.Count))
            return;
        _isSnapshotting = true;
        _eventsSinceSnapshot = 0;
        // The book may be ahead of the journal, and a snapshot may not. Other than PersistAllAsync, Persist keeps commands
        // waiting: when it comes back, everything that is in the book is in the journal.
        Persist(new SnapshotBegun(), _ => SaveSnapshot(_book.TakeSnapshot()));
    }

    private void Saved(long sequenceNr)
    {
        _isSnapshotting = false;
        DeleteMessages(sequenceNr);
        DeleteSnapshots(new SnapshotSelectionCriteria(sequenceNr - 1));
    }

    private void NotSaved(Exception cause)
    {
        _isSnapshotting = false;
        _log.Warning(cause, "Framework {FrameworkId} goes on without a new snapshot", _id);
    }

    private FrameworkSnapshot Snapshot(GetFramework query)
    {
        IEnumerable<TaskEntry> tasks = (query.Completed ? _book.Completed : _book.Tasks).Values
            .Where(task => query.After is not { } after || string.CompareOrdinal(task.Info.Id.Value, after.Value) > 0)
            .OrderBy(static task => task.Info.Id.Value, StringComparer.Ordinal);
        int count = Math.Clamp(query.Count, 1, 1000);
        TaskEntry[] page = [.. tasks.Take(count + 1)];
        return new FrameworkSnapshot(
            _id, _book.Info, IsConnected, _book.DisconnectedSince,
            [.. page.Take(count).Select(static task => new TaskSummary(task.Info, task.AgentId ?? default, task.Role ?? "", task.Status))],
            page.Length > count, _book.Live, _book.Tasks.Values.Sum(static task => task.Unacknowledged.Count));
    }

    private sealed record RetryDue : INotInfluenceReceiveTimeout
    {
        public static readonly RetryDue Instance = new();
    }

    private sealed record Nothing
    {
        public static readonly Nothing Instance = new();
    }
}
