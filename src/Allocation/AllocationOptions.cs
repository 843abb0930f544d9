using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <summary>All limits and times of the allocator. Every default has its reason beside it.</summary>
public sealed record AllocationOptions
{
    /// <summary>Prefix of the ids of offers; names the allocator's epoch, so that ids never repeat across fail-overs. Default <c>A</c>.</summary>
    public string IdPrefix { get; init; } = "A";

    /// <summary>
    /// What is left of an agent is offered when it holds any one of these. Default 0.01 cpus or 32 MiB of memory, as in Mesos:
    /// less is of no use to anybody and would only travel back and forth. What is reserved for a role is offered to it whatever
    /// its size, so that reservations can always be found and undone.
    /// </summary>
    public IReadOnlyList<Quantities> MinimumAllocatable { get; init; } = [Quantities.Of(cpus: 0.01), Quantities.Of(mem: 32)];

    /// <summary>
    /// What guarantees and then fair shares give to one framework in one role on one agent goes out as one offer. Default true,
    /// as in Mesos.
    /// </summary>
    public bool MergeOffers { get; init; } = true;

    /// <summary>
    /// After this time an unanswered offer is rescinded. Default 30 s (Mesos: never): long for a framework that is alive, short
    /// for those who wait. <see cref="Timeout.InfiniteTimeSpan"/> switches it off.
    /// </summary>
    public TimeSpan OfferTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A framework that lets an offer expire is not offered the same resources again for this long. Default 5 s, what a decline
    /// without filter means.
    /// </summary>
    public TimeSpan ExpiredOfferRefusal { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Most unanswered offers of one framework. Default 1,000: a message of offers stays below a megabyte. A framework that lets
    /// offers expire has its own bound halved each time, down to one; each answer doubles it again.
    /// </summary>
    public int OffersHeldPerFramework { get; init; } = 1000;

    /// <summary>
    /// While more than one framework is active, no new offer goes to one whose unanswered offers hold this dominant share of the
    /// cluster or more. Default 0.5. At least one offer is always allowed. 1 switches it off.
    /// </summary>
    public double OfferedSharePerFramework { get; init; } = 0.5;

    /// <summary>
    /// Shortest refusal. Default 50 ms: freed resources are offered again at once, and a framework that refuses for zero seconds
    /// would otherwise get the same offer in a tight loop before anybody else had a turn.
    /// </summary>
    public TimeSpan MinimumRefusal { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Most refusals kept per framework; beyond that the oldest is forgotten. Default 100,000, twice the largest cluster planned for.</summary>
    public int FiltersPerFramework { get; init; } = 100_000;

    /// <summary>Most roles of one framework. Default 1,000.</summary>
    public int RolesPerFramework { get; init; } = 1000;

    /// <summary>Most components of a role's name. Default 16: every level is a step per allocation.</summary>
    public int RoleDepth { get; init; } = 16;

    /// <summary>Most roles in the tree. Default 100,000; a flood of made-up names must not fill memory.</summary>
    public int Roles { get; init; } = 100_000;

    /// <summary>Most frameworks. Default 100,000.</summary>
    public int Frameworks { get; init; } = 100_000;

    /// <summary>Most agents. Default 200,000.</summary>
    public int Agents { get; init; } = 200_000;

    /// <summary>Most sizes in one request. Default 100.</summary>
    public int SizesPerRequest { get; init; } = 100;

    /// <summary>Names that do not count towards shares (Mesos's <c>--fair_sharing_excluded_resource_names</c>). Default none.</summary>
    public IReadOnlySet<string> ExcludedFromFairShare { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Agents with graphics processors are offered only to frameworks that know them. Default true, as in Mesos.</summary>
    public bool FenceGpus { get; init; } = true;

    /// <summary>The allocator's region: agents of others go only to region-aware frameworks. Default null: no difference is made.</summary>
    public string? HomeRegion { get; init; }

    /// <summary>
    /// A request that fits nowhere for this long gets an agent held for it. Default 5 s: long enough for a task or an offer to
    /// end by itself on a busy cluster.
    /// </summary>
    public TimeSpan GatherAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an agent is held for a waiting request before others get it again. Default 5 min. Zero switches gathering off.</summary>
    public TimeSpan GatherTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Most agents held at a time, as a fraction of all. Default 0.1, but at least one: the rest goes on serving others.</summary>
    public double GatheringFraction { get; init; } = 0.1;

    /// <summary>
    /// A request with a priority above that of running tasks of its role may displace them after waiting this long. Default 10 s;
    /// <see cref="Timeout.InfiniteTimeSpan"/> switches preemption off.
    /// </summary>
    public TimeSpan PreemptAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most tasks displaced by one run. Default 100: a mistake in a priority must not empty a cluster at once.</summary>
    public int PreemptionsPerRun { get; init; } = 100;

    /// <summary>Most agents looked at in one run for gathering or preemption. Default 1,024, some tens of microseconds.</summary>
    public int AgentsSearchedPerRun { get; init; } = 1024;

    /// <summary>After a fail-over with quota set nothing is offered until this fraction of known agents is back. Default 0.8, as in Mesos.</summary>
    public double RecoveryFraction { get; init; } = 0.8;

    /// <summary>... or until this long has passed. Default 10 min, as in Mesos.</summary>
    public TimeSpan RecoveryTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Says which option makes no sense, or null.</summary>
    public Problem? Check()
    {
        if (MinimumAllocatable.Count == 0 || MinimumAllocatable.Any(minimum => minimum.IsZero))
            return new Problem(nameof(MinimumAllocatable), "needs at least one quantity, none of them zero");
        if (OffersHeldPerFramework < 1)
            return new Problem(nameof(OffersHeldPerFramework), "must be at least 1");
        if (OfferedSharePerFramework is not > 0)
            return new Problem(nameof(OfferedSharePerFramework), "must be greater than 0");
        if (FiltersPerFramework < 1)
            return new Problem(nameof(FiltersPerFramework), "must be at least 1");
        if (OfferTimeout <= TimeSpan.Zero && OfferTimeout != Timeout.InfiniteTimeSpan)
            return new Problem(nameof(OfferTimeout), "must be greater than 0, or infinite");
        if (GatheringFraction is not (>= 0 and <= 1))
            return new Problem(nameof(GatheringFraction), "must lie between 0 and 1");
        if (RecoveryFraction is not (>= 0 and <= 1))
            return new Problem(nameof(RecoveryFraction), "must lie between 0 and 1");
        return IdRules.Check(nameof(IdPrefix), IdPrefix);
    }
}
