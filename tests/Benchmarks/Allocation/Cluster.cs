using ActorScheduler.Allocation;
using ActorScheduler.Model;

namespace ActorScheduler.Benchmarks.Allocation;

/// <summary>An allocator with agents and frameworks as Mesos's benchmarks set them up, and a clock that the benchmark turns.</summary>
internal sealed class Cluster
{
    /// <summary>Mesos's benchmark agent: cpus:2 mem:1024 disk:4096 ports:[31000-32000].</summary>
    public static readonly Resources MesosAgent = Resources.Of(2, 1024, 4096, 0, ValueRanges.Of(31000, 32000));

    public readonly Allocator Allocator;
    public TimeSpan Now { get; set; }

    public Cluster(AllocationOptions? options = null, long seed = 1)
    {
        Allocator = new Allocator(options ?? AsMesos, seed);
    }

    /// <summary>Mesos bounds neither offers held nor refusals; its shapes need that.</summary>
    public static AllocationOptions AsMesos { get; } = new()
    {
        OffersHeldPerFramework = int.MaxValue / 2, OfferedSharePerFramework = 1, FiltersPerFramework = int.MaxValue,
        OfferTimeout = Timeout.InfiniteTimeSpan, GatherTimeout = TimeSpan.Zero,
    };

    public static AgentId Agent(int i) => new($"S{i}");

    public static FrameworkId Framework(int i) => new($"F{i}");

    public void AddFrameworks(int count, Func<int, string>? role = null)
    {
        for (int i = 0; i < count; i++)
            Must(Allocator.AddFramework(new FrameworkProfile(Framework(i), [role?.Invoke(i) ?? "*"]), Now));
    }

    public void AddAgents(int count, Func<int, Resources>? total = null, Func<int, IReadOnlyList<AgentUsage>>? usages = null)
    {
        for (int i = 0; i < count; i++)
            Must(Allocator.AddAgent(new AgentInfo(Agent(i), $"host{i}"), total?.Invoke(i) ?? MesosAgent, usages?.Invoke(i) ?? [], Now));
    }

    public List<Offer> Allocate()
    {
        var offers = new List<Offer>();
        foreach (Decision decision in Allocator.Allocate(Now))
        {
            if (decision is Decision.OfferMade made)
                offers.Add(made.Offer);
        }
        return offers;
    }

    public void DeclineAll(List<Offer> offers, TimeSpan refuseFor)
    {
        foreach (Offer offer in offers)
            Must(Allocator.Decline(offer.FrameworkId, [offer.Id], refuseFor, Now));
    }

    public static void Must(Refusal? refusal)
    {
        if (refusal is not null)
            throw new InvalidOperationException(refusal.ToString());
    }
}
