using ActorScheduler.Master.Journaling;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Serialization;
using Akka.Actor;

namespace ActorScheduler.Master.Frameworks;

/// <summary>
/// Owns one framework: its registration, its tasks, and the updates that its scheduler has not acknowledged. Whatever was sent
/// and not answered is sent again at the next <see cref="RetryDue"/>.
/// <code>
///   scheduler -- commands --> check -> facts -> book -> journal -> allocator, agent, answers
///   allocator, agents -- news --> judge -> facts -> book -> journal -> scheduler, answers
/// </code>
/// </summary>
internal sealed partial class FrameworkActor : CommittingActor<FrameworkEvent>, IWithTimers
{
    private readonly FrameworkId _id;
    private readonly FrameworkSettings _settings;
    private readonly IActorRef _allocator;
    private readonly TimeProvider _time;
    private readonly FrameworkBook _book;
    private readonly Undurable _undurable = new();

    public FrameworkActor(FrameworkId id, FrameworkSettings settings, IActorRef allocator, TimeProvider time)
    {
        (_id, _settings, _allocator, _time) = (id, settings, allocator, time);
        _book = new FrameworkBook(id, new BookLimits(settings.CompletedTasks));
        Command<RetryDue>(_ => Retry());
        ReceiveSessions();
        ReceiveOffers();
        ReceiveAgents();
        Command<GetFramework>(query => Sender.Tell(Snapshot(query)));
        Command<ITaskQuestion>(Pass);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public override string PersistenceId => $"framework-{_id}";

    protected override int SnapshotDueAfter => Math.Max(_settings.SnapshotEvery, _book.Tasks.Count + _book.Completed.Count);

    protected override FrameworkEvent SnapshotMark { get; } = new SnapshotBegun();

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

    protected override void Apply(FrameworkEvent fact) => _book.Apply(fact);

    protected override void Entered(FrameworkEvent fact) => _undurable.Enter(fact);

    protected override void Kept(FrameworkEvent fact) => _undurable.Leave(fact);

    protected override object TakeSnapshot() => _book.TakeSnapshot();

    protected override void Restore(object snapshot) => _book.Restore((BookSnapshot)snapshot);

    protected override void Begin()
    {
        Timers.StartPeriodicTimer(nameof(RetryDue), RetryDue.Instance, _settings.RetryMin, _settings.RetryMin);
        _lastSeen = _time.GetTimestamp();
        if (_book.Info is null)
            return;
        Claim();
        Register();
    }

    private FrameworkSnapshot Snapshot(GetFramework query)
    {
        IEnumerable<TaskEntry> tasks = (query.Completed ? _book.Completed : _book.Tasks).Values
            .Where(task => query.After is not { } after || string.CompareOrdinal(task.Info.Id.Value, after.Value) > 0)
            .Where(task => task.Info.Id.Value.StartsWith(query.Prefix ?? "", StringComparison.Ordinal))
            .Where(task => query.AgentId is not { } agent || task.AgentId == agent)
            .OrderBy(static task => task.Info.Id.Value, StringComparer.Ordinal);
        int count = Math.Clamp(query.Count, 1, 1000);
        TaskEntry[] found = [.. tasks.Take(count + 1)];
        IReadOnlyList<TaskSummary> page = Pages.First<TaskSummary>(
            [.. found.Take(count).Select(static task => new TaskSummary(task.Info, task.AgentId ?? default, task.Role ?? "", task.Status))]);
        return new FrameworkSnapshot(
            _id, _book.Info, IsConnected, _book.DisconnectedSince, page, found.Length > page.Count, _book.Live,
            _book.Tasks.Values.Sum(static task => task.Unacknowledged.Count));
    }

    private sealed record RetryDue : INotInfluenceReceiveTimeout
    {
        public static readonly RetryDue Instance = new();
    }
}
