using ActorScheduler.Allocation.Book;
using ActorScheduler.Allocation.Quota;
using ActorScheduler.Allocation.Sharing;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <summary>
/// Decides who is offered what: weighted hierarchical DRF with quota, reservations and refusals. Commands change the book and
/// mark what they touched; <see cref="Allocate"/> looks at what is marked and returns decisions. It holds no clock and no
/// threads: time is the caller's monotonic clock, since any origin, and never goes back; the same seed and the same calls give
/// the same decisions. Not thread safe.
/// <code>
///   command -> book (agents, frameworks, offers, refusals) -> marks: agents, frameworks, roles
///                                                                |
///   Allocate(now): expire -> marked agents -> marked frameworks -> kept-back agents -> waiting requests -> decisions
/// </code>
/// </summary>
public sealed partial class Allocator
{
    /// <summary>With more newly interested frameworks than this every agent that has something left is looked at by all.</summary>
    private const int MostDirtySubscriptions = 64;

    private readonly AllocationOptions _options;
    private readonly SeededRandom _random;
    private readonly ClusterTotals _totals;
    private readonly QuotaBook _quota = new();
    private readonly RoleNode _root;
    private readonly ShareOrder _owedOrder;
    private readonly Dictionary<string, RoleNode> _roles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _weights = new(StringComparer.Ordinal);
    private readonly Dictionary<FrameworkId, FrameworkEntry> _frameworks = [];
    private readonly Dictionary<AgentId, AgentEntry> _agents = [];
    private readonly Dictionary<OfferId, OfferEntry> _offers = [];

    private List<AgentEntry> _dirtyAgents = [];
    private List<AgentEntry> _spareAgents = [];
    private readonly List<Subscription> _dirtySubscriptions = [];
    private readonly List<AgentEntry> _openAgents = [];
    private readonly Queue<AgentEntry> _keptBack = [];
    private readonly Queue<AgentEntry> _keptBackSpecial = [];
    private readonly List<RoleNode> _short = [];
    private List<Decision> _decisions = [];
    private long _now;
    private long _offersMade;
    private long _run;
    private int _activeFrameworks;
    private int _parked;
    private int _recoveryTarget;
    private long _recoveryUntil;

    /// <summary>An empty book.</summary>
    /// <param name="options">Limits and times; refused when <see cref="AllocationOptions.Check"/> finds fault.</param>
    /// <param name="seed">Decides the order in which agents are looked at.</param>
    public Allocator(AllocationOptions options, long seed)
    {
        if (options.Check() is { } problem)
            throw new ArgumentException(problem.ToString(), nameof(options));
        _options = options;
        _random = new SeededRandom(seed);
        _totals = new ClusterTotals(options.ExcludedFromFairShare);
        _root = new RoleNode("", null, _totals);
        _owedOrder = new ShareOrder(_totals);
    }

    /// <summary>Whether <see cref="Allocate"/> has something to do right now.</summary>
    public bool HasWork =>
        _decisions.Count > 0
        || !IsPaused && (_dirtyAgents.Count > 0 || _dirtySubscriptions.Count > 0
            || _quota.SurplusGrew && (_keptBackSpecial.Count + _short.Count > 0
                || _keptBack.Count > 0 && (_ownMinimums > 0 || _quota.Surplus().AllowsAny(_options.MinimumAllocatable))));

    /// <summary>Offers are withheld after a fail-over until enough agents are back to judge guarantees; see <see cref="ExpectAgents"/>.</summary>
    public bool IsPaused => _recoveryTarget > 0 && _quota.Roles.Count > 0 && _agents.Count < _recoveryTarget && _now < _recoveryUntil;

    /// <summary>
    /// After a fail-over: so many agents are known from before. With quota set nothing is offered until most of them are back
    /// or time is up.
    /// </summary>
    public void ExpectAgents(int count, TimeSpan now)
    {
        Advance(now);
        _recoveryTarget = (int)Math.Ceiling(count * _options.RecoveryFraction);
        _recoveryUntil = After(_options.RecoveryTimeout);
    }

    /// <summary>
    /// Ends what is overdue and serves whoever can be served with what commands have changed since the last run. Costs about as
    /// much as there are changes and decisions, not agents or frameworks. Call it a few milliseconds after a command, so that
    /// commands come in batches, and at <see cref="NextDue"/>.
    /// </summary>
    /// <returns>Decisions of this run and of the commands before it, in order.</returns>
    public IReadOnlyList<Decision> Allocate(TimeSpan now)
    {
        Advance(now);
        ExpireOffers();
        ExpireFilters();
        ReviewHeldAgents();
        if (!IsPaused)
        {
            ServeMarked();
            ServeKeptBack();
            ServeWaiting();
            EnterOverShare();
        }
        AskForMaintenance();
        List<Decision> decisions = _decisions;
        _decisions = [];
        _run++;
        return decisions;
    }

    /// <summary>When something becomes overdue by itself: call <see cref="Allocate"/> then. Null when nothing ever will.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            long due = Math.Min(NextOfferExpiry(), Math.Min(NextFilterExpiry(), Math.Min(NextWaiting(), NextMaintenanceAsk())));
            if (_recoveryTarget > 0 && _recoveryUntil > _now)
                due = Math.Min(due, _recoveryUntil);
            return due == long.MaxValue ? null : TimeSpan.FromTicks(due);
        }
    }

    private void Advance(TimeSpan now) => _now = Math.Max(_now, now.Ticks);

    private long After(TimeSpan span) => Later(_now, span);

    /// <summary>A sum of times that does not run over: the longest span means never.</summary>
    private static long Later(long from, TimeSpan span) => span.Ticks >= long.MaxValue - from ? long.MaxValue : from + span.Ticks;

    private static Refusal Invalid(string field, string reason) => new(RefusalKind.Invalid, field, reason);

    private static Refusal Invalid(Problem problem) => new(RefusalKind.Invalid, problem.Field, problem.Reason);

    private static Refusal Unknown(string field, object id) => new(RefusalKind.Unknown, field, $"'{id}' is not known");
}
