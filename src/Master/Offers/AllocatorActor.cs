using ActorScheduler.Allocation;
using ActorScheduler.Master.Journaling;
using ActorScheduler.Master.Registry;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;
using Akka.Event;

namespace ActorScheduler.Master.Offers;

/// <summary>
/// Hands out offers: the singleton around the pure <see cref="Allocator"/>. Durable are its epoch, the agents' ids and what
/// operators decided; everything else is told anew by agents and frameworks when it begins.
/// <code>
///   recovered -> new epoch in the journal -> announced -> agents and frameworks register
///   message -> book -> a few milliseconds later: allocate -> offers to frameworks' actors
/// </code>
/// </summary>
internal sealed partial class AllocatorActor : CommittingActor<RegistryEvent>, IWithTimers
{
    private readonly AllocatorSettings _settings;
    private readonly AllocatorSurroundings _around;
    private readonly TimeProvider _time;
    private readonly long _begin;
    private readonly RegistryState _registry = new();
    private Allocator _allocator = null!;
    private bool _isAllocationDue;

    public AllocatorActor(AllocatorSettings settings, AllocatorSurroundings around, TimeProvider time)
    {
        (_settings, _around, _time) = (settings, around, time);
        _begin = time.GetTimestamp();
        Command<AllocateDue>(_ => Allocate());
        Command<WatchDue>(_ => Watch());
        ReceiveAgents();
        ReceiveFrameworks();
        ReceiveOperators();
        ReceiveQueries();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public override string PersistenceId => "allocator";

    protected override int SnapshotDueAfter => Math.Max(_settings.SnapshotEvery, _registry.Agents.Count);

    protected override RegistryEvent SnapshotMark { get; } = new RegistrySnapshotBegun();

    private Epoch Epoch => _registry.Epoch;

    private TimeSpan Elapsed => _time.GetElapsedTime(_begin);

    private DateTimeOffset Now => _time.GetUtcNow();

    /// <param name="settings">Times and limits.</param>
    /// <param name="around">Whom it speaks to.</param>
    /// <param name="time">The clock.</param>
    public static Props Props(AllocatorSettings settings, AllocatorSurroundings around, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new AllocatorActor(settings, around, time));

    protected override void Apply(RegistryEvent fact) => _registry.Apply(fact);

    protected override object TakeSnapshot() => _registry.TakeSnapshot();

    protected override void Restore(object snapshot) => _registry.Restore((RegistrySnapshot)snapshot);

    protected override void Begin()
    {
        var begun = new EpochBegun(new Epoch(_registry.Epoch.Number + 1), Now);
        // Other messages wait: nothing is offered before the epoch is durable.
        Persist(begun, _ =>
        {
            _registry.Apply(begun);
            _allocator = new Allocator(_settings.Allocation with { IdPrefix = $"E{Epoch}" }, seed: Epoch.Number);
            foreach (QuotaSet quota in _registry.Quotas.Values)
                _allocator.SetQuota(quota.Role, quota.Guarantees, Limits(quota.Limits), force: true);
            foreach ((string role, double weight) in _registry.Weights)
                _allocator.SetWeight(role, weight);
            int expected = _registry.Agents.Values.Count(static agent => agent.GoneAt is null && agent.LostAt is null);
            _allocator.ExpectAgents(expected, Elapsed);
            Log.Info("Allocator of epoch {Epoch} begins; {Agents} agents are expected to register again", Epoch, expected);
            Timers.StartPeriodicTimer(nameof(WatchDue), WatchDue.Instance, _settings.HeartbeatInterval / 2, _settings.HeartbeatInterval / 2);
            _lastWatch = Elapsed;
            _around.Announcer.Tell(new AllocatorStarted(Epoch, Self));
            if (_around.Nodes is { } nodes)
                Context.ActorOf(nodes, "nodes");
        });
    }

    /// <summary>Commands gather for a moment, so that one run serves many of them.</summary>
    private void Touch()
    {
        if (_isAllocationDue || !_allocator.HasWork)
            return;
        _isAllocationDue = true;
        Timers.StartSingleTimer(nameof(AllocateDue), AllocateDue.Instance, _settings.BatchDelay);
    }

    private void Allocate()
    {
        _isAllocationDue = false;
        Distribute(_allocator.Allocate(Elapsed));
        if (_allocator.HasWork)
            Touch();
        else if (_allocator.NextDue is { } due)
            Timers.StartSingleTimer(nameof(AllocateDue), AllocateDue.Instance, due - Elapsed is var left && left > _settings.BatchDelay ? left : _settings.BatchDelay);
    }

    private void Distribute(IReadOnlyList<Decision> decisions)
    {
        var news = new NewsByFramework();
        foreach (Decision decision in decisions)
        {
            news.Add(decision);
            switch (decision)
            {
                case Decision.OfferMade made when _frameworks.TryGetValue(made.Offer.FrameworkId, out FrameworkOnBook? framework):
                    framework.Offers[made.Offer.Id] = made.Offer;
                    break;
                case Decision.OfferRescinded rescinded when _frameworks.TryGetValue(rescinded.FrameworkId, out FrameworkOnBook? framework):
                    framework.Offers.Remove(rescinded.OfferId);
                    break;
                case Decision.AgentDrained drained:
                    Drained(drained.AgentId);
                    break;
            }
        }
        foreach (IFrameworkMessage message in news.Messages(Epoch))
            _around.Frameworks.Tell(message);
    }

    private static Dictionary<ResourceName, long> Limits(IReadOnlyDictionary<string, long> limits) =>
        limits.ToDictionary(static limit => ResourceName.Of(limit.Key), static limit => limit.Value);

    private sealed record AllocateDue : INotInfluenceReceiveTimeout
    {
        public static readonly AllocateDue Instance = new();
    }

    private sealed record WatchDue : INotInfluenceReceiveTimeout
    {
        public static readonly WatchDue Instance = new();
    }
}
