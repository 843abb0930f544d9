using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Specs;

/// <summary>An allocator with short names for what specs do all the time, and a clock that they turn.</summary>
internal sealed class TestCluster
{
    public const string Star = RoleName.Default;

    public readonly Allocator Allocator;
    private int _tasks;

    public TestCluster(AllocationOptions? options = null, long seed = 1)
    {
        Allocator = new Allocator(options ?? new AllocationOptions { OfferedSharePerFramework = 1 }, seed);
    }

    public TimeSpan Now { get; set; } = TimeSpan.FromHours(1);

    public static FrameworkId F(string id) => new(id);

    public static AgentId S(string id) => new(id);

    public TestCluster Framework(
        string id, string role = Star, FrameworkCapabilities capabilities = FrameworkCapabilities.None, OfferConstraints? constraints = null)
    {
        var byRole = constraints is null ? null : new Dictionary<string, OfferConstraints> { [role] = constraints };
        Assert.Null(Allocator.AddFramework(new FrameworkProfile(F(id), [role], capabilities, null, byRole), Now));
        return this;
    }

    public TestCluster Agent(string id, string resources, string attributes = "", FaultDomain? domain = null) =>
        Agent(id, ResourceText.Parse(resources).Value, attributes, domain);

    public TestCluster Agent(string id, Resources resources, string attributes = "", FaultDomain? domain = null, params AgentUsage[] usages)
    {
        var info = new AgentInfo(S(id), $"host-{id}", AgentAttribute.ParseAll(attributes).Value, domain);
        Assert.Null(Allocator.AddAgent(info, resources, usages, Now));
        return this;
    }

    public IReadOnlyList<Decision> Decide() => Allocator.Allocate(Now);

    public List<Offer> Offers() => [.. Decide().OfType<Decision.OfferMade>().Select(made => made.Offer)];

    public Offer OneOffer() => Assert.Single(Offers());

    public void Pass(double seconds) => Now += TimeSpan.FromSeconds(seconds);

    public void Decline(Offer offer, double refuseSeconds = 5) =>
        Assert.Null(Allocator.Decline(offer.FrameworkId, [offer.Id], TimeSpan.FromSeconds(refuseSeconds), Now));

    public AcceptOutcome Accept(Offer offer, params Operation[] operations) =>
        Allocator.Accept(offer.FrameworkId, [offer.Id], operations, TimeSpan.Zero, Now);

    /// <summary>Launches one task of the given size and declines the rest for no time.</summary>
    public TaskId Launch(Offer offer, string resources, int priority = 0) => Launch(offer, ResourceText.Parse(resources).Value, priority);

    public TaskId Launch(Offer offer, Resources resources, int priority = 0)
    {
        var task = new TaskSketch(new TaskId($"task{_tasks++}"), resources, priority);
        AcceptOutcome outcome = Accept(offer, new Operation.Launch([task]));
        Assert.Null(outcome.Refusal);
        Assert.Empty(outcome.RefusedTasks);
        return task.Id;
    }

    public void EndTask(string framework, string agent, TaskId task) => Assert.Null(Allocator.EndTask(F(framework), S(agent), task, Now));

    public void Request(string framework, string role, string size, int count = 1, int ports = 0, int priority = 0) =>
        Assert.Null(Allocator.Request(F(framework), role, [new RequestedSize(Quantities.Parse(size).Value, count, ports, priority)], Now));

    public void Quota(string role, string guarantees, string limits = "")
    {
        Assert.Null(Allocator.SetQuota(
            role, Quantities.Parse(guarantees).Value, Quantities.Parse(limits).Value.NonZero().ToDictionary(a => a.Key, a => a.Value)));
    }
}
