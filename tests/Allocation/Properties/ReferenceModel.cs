using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Specs.Properties;

/// <summary>
/// The allocator's rules again, as plainly as possible: lists that are searched, sums that are added up anew each time. It never
/// decides; it says what must hold of what the allocator decided. Independent of the allocator's code.
/// </summary>
internal sealed class ReferenceModel(AllocationOptions options)
{
    internal sealed class Agent(AgentInfo info, Resources total)
    {
        public AgentInfo Info = info;
        public Resources Total = total;
        public bool IsActive = true, IsReachable = true, IsDraining;

        public bool IsOfferable => IsActive && IsReachable && !IsDraining;
    }

    internal sealed class Framework(FrameworkId id, IReadOnlyList<string> roles, FrameworkCapabilities able, int holdLimit)
    {
        public readonly FrameworkId Id = id;
        public IReadOnlyList<string> Roles = roles;
        public FrameworkCapabilities Able = able;
        public bool IsActive = true;
        public int HoldLimit = holdLimit;
        public readonly HashSet<string> Suppressed = [];
        public readonly Dictionary<string, Wish> Wishes = [];
        public OfferConstraints? Constraints;
    }

    internal sealed class Wish(Quantities size, int count, int ports)
    {
        public readonly Quantities Size = size;
        public readonly int Ports = ports;
        public int Wanted = count, Promised;
    }

    internal sealed record Use(FrameworkId Framework, string Role, AgentId Agent, Resources Resources, TaskId Task);

    internal sealed record Open(OfferId Id, FrameworkId Framework, string Role, AgentId Agent, Resources Resources, TimeSpan MadeAt, Wish? Wish, int Promised);

    internal sealed record Refused(FrameworkId Framework, string Role, AgentId Agent, Resources Resources, TimeSpan Until);

    public static readonly ResourceName Licences = ResourceName.Of("licences");
    public static readonly ResourceKey LicencesKey = new(Licences);

    public readonly SortedDictionary<string, Agent> Agents = new(StringComparer.Ordinal);
    public readonly SortedDictionary<string, Framework> Frameworks = new(StringComparer.Ordinal);
    public readonly List<Use> Uses = [];
    public readonly Dictionary<OfferId, Open> Offers = [];
    public readonly List<Refused> Refusals = [];
    public readonly Dictionary<string, double> Weights = [];
    public readonly Dictionary<string, (Quantities Guarantees, Dictionary<ResourceName, long> Limits)> Quotas = [];
    public TimeSpan Now;

    public Quantities Total => Agents.Values.Aggregate(Quantities.Zero, (sum, agent) => sum.Add(agent.Total.Quantities));

    /// <summary>What is not held; an agent may have less than is used on it. Shared resources are there for all.</summary>
    public Resources Available(AgentId id) => Agents[id.Value].Total.SubtractOrEmpty(HeldOn(id));

    public Resources HeldOn(AgentId id) =>
        Uses.Where(use => use.Agent == id).Select(use => use.Resources)
            .Concat(Offers.Values.Where(offer => offer.Agent == id).Select(offer => offer.Resources))
            .Aggregate(Resources.Empty, (sum, held) => sum.Add(held.NonShared()));

    /// <summary>What frameworks that satisfy a condition hold, offers included.</summary>
    public Quantities Held(Func<FrameworkId, string, bool> condition, bool unreservedOnly = false)
    {
        Quantities sum = Quantities.Zero;
        foreach (Resources held in Uses.Where(u => condition(u.Framework, u.Role)).Select(u => u.Resources)
            .Concat(Offers.Values.Where(o => condition(o.Framework, o.Role)).Select(o => o.Resources)))
            sum = sum.Add(unreservedOnly ? Unreserved(held) : held.NonShared().Quantities);
        return sum;
    }

    public static Quantities Unreserved(Resources resources) => resources.Sum(key => key.IsUnreserved && !key.IsRevocable && !key.IsShared, withPlain: true);

    public Quantities Consumed(string top) => Held((_, role) => RoleName.TopLevel(role) == top, unreservedOnly: true).Add(
        Agents.Values.Aggregate(Quantities.Zero, (sum, agent) => sum.Add(
            agent.Total.Sum(key => !key.IsUnreserved && RoleName.TopLevel(key.Role) == top, withPlain: false))));

    public Quantities Owed(string top) =>
        Quotas.TryGetValue(top, out var quota) ? quota.Guarantees.SubtractOrZero(Consumed(top)) : Quantities.Zero;

    public Quantities OwedToAll => Quotas.Keys.Aggregate(Quantities.Zero, (sum, role) => sum.Add(Owed(role)));

    public Quantities Idle => Agents.Values.Where(agent => agent.IsOfferable)
        .Aggregate(Quantities.Zero, (sum, agent) => sum.Add(Unreserved(Available(agent.Info.Id))));

    public double Share(Quantities held)
    {
        Quantities total = Total;
        double share = 0;
        foreach ((ResourceName name, long milli) in held.NonZero())
            share = total[name] > 0 ? Math.Max(share, (double)milli / total[name]) : share;
        return share;
    }

    public bool Wants(Framework framework, string role)
    {
        int open = Offers.Values.Count(offer => offer.Framework == framework.Id);
        bool isCapped = Frameworks.Values.Count(other => other.IsActive) > 1 && open > 0 && options.OfferedSharePerFramework < 1
            && Share(Offers.Values.Where(o => o.Framework == framework.Id).Aggregate(Quantities.Zero, (sum, o) => sum.Add(o.Resources.NonShared().Quantities)))
                >= options.OfferedSharePerFramework;
        return framework.IsActive && framework.Roles.Contains(role) && !framework.Suppressed.Contains(role) && open < framework.HoldLimit
            && !isCapped && !(framework.Wishes.TryGetValue(role, out Wish? wish) && wish.Wanted <= wish.Promised);
    }

    /// <summary>What a framework would be offered of an agent in one stage, or null for nothing.</summary>
    public (Resources Resources, int Promised)? Offerable(Framework framework, string role, Agent agent, Stage stage)
    {
        if (!agent.IsOfferable || !Wants(framework, role))
            return null;
        if (agent.Total.Quantities.Gpus > 0 && !framework.Able.HasFlag(FrameworkCapabilities.GpuResources))
            return null;
        if (framework.Constraints is { } constraints && !constraints.AreSatisfiedBy(agent.Info))
            return null;
        string top = RoleName.TopLevel(role);
        if (IsAtLimit(top) != (stage == Stage.Reserved))
            return null;
        Resources all = Available(agent.Info.Id);
        if (stage == Stage.Owed && Least(Owed(top), Unreserved(all)).IsZero)
            return null;
        Resources some = all.Where(
            key => key.IsAllocatableTo(role) && (!key.IsRevocable || framework.Able.HasFlag(FrameworkCapabilities.RevocableResources))
                && (!key.IsShared || framework.Able.HasFlag(FrameworkCapabilities.SharedResources))
                && (!key.IsRefined || framework.Able.HasFlag(FrameworkCapabilities.ReservationRefinement)),
            withPlain: true);
        if (stage == Stage.Reserved && some.Reserved().IsEmpty)
            return null;
        some = some.WithPlainAtMost(
            Room(top, ResourceName.Cpus, stage), Room(top, ResourceName.Mem, stage), Room(top, ResourceName.Disk, stage), Room(top, ResourceName.Gpus, stage));
        some = Resources.From(some.Objects().Select(resource => resource.Key == LicencesKey
            ? resource with { Amount = new Amount(Math.Min(resource.Amount.Number, Room(top, Licences, Stage.Fair))) }
            : resource));
        int promised = 0;
        if (framework.Wishes.TryGetValue(role, out Wish? wish))
        {
            Quantities left = some.NonShared().Quantities;
            ulong ports = some.PlainPorts.Count;
            while (promised < wish.Wanted - wish.Promised && left.Contains(wish.Size) && ports >= (ulong)wish.Ports)
            {
                promised++;
                left = left.Subtract(wish.Size);
                ports -= (ulong)wish.Ports;
            }
            if (promised == 0)
                return null;
            Resources special = some.Where(_ => true, withPlain: false);
            Quantities needed = wish.Size.Times(promised).SubtractOrZero(special.NonShared().Quantities);
            some = special.Add(Resources.OfMilli(
                needed.Cpus, needed.Mem, needed.Disk, needed.Gpus, some.PlainPorts.TakeLowest((ulong)(wish.Ports * promised))));
        }
        else if (!options.MinimumAllocatable.Any(minimum => some.NonShared().Quantities.Contains(minimum)) && some.Reserved().NonShared().IsEmpty)
        {
            return null;
        }
        bool isRefused = Refusals.Any(refusal => refusal.Framework == framework.Id && refusal.Role == role && refusal.Agent == agent.Info.Id
            && refusal.Until > Now && (promised == 0
                ? refusal.Resources.Contains(some)
                : refusal.Resources.PlainPorts.Count >= some.PlainPorts.Count && refusal.Resources.Contains(some.WithoutPlainPorts())));
        return isRefused ? null : (some, promised);
    }

    /// <summary>Compares two competitors from the root downwards; below zero when the first has the lower share.</summary>
    public double Compare((Framework Framework, string Role) a, (Framework Framework, string Role) b)
    {
        string[] left = Nodes(a.Role), right = Nodes(b.Role);
        for (int i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            if (left[i] == right[i])
                continue;
            return NodeShare(left[i]) - NodeShare(right[i]);
        }
        return Share(Held((id, role) => id == a.Framework.Id && role == a.Role)) - Share(Held((id, role) => id == b.Framework.Id && role == b.Role));
    }

    private long Room(string top, ResourceName name, Stage stage)
    {
        long owedToAll = OwedToAll[name];
        long surplus = owedToAll == 0 ? long.MaxValue : Math.Max(0, Idle[name] - owedToAll);
        bool hasQuota = Quotas.TryGetValue(top, out var quota);
        long room = stage == Stage.Owed && quota.Guarantees[name] > 0 ? Owed(top)[name]
            : stage == Stage.Owed || surplus == long.MaxValue ? surplus
            : surplus + Owed(top)[name];
        return hasQuota && quota.Limits.TryGetValue(name, out long limit) ? Math.Min(room, Math.Max(0, limit - Consumed(top)[name])) : room;
    }

    /// <summary>The limit leaves nothing of a size that is offered.</summary>
    private bool IsAtLimit(string top) => Quotas.TryGetValue(top, out var quota) && !options.MinimumAllocatable.Any(minimum =>
        quota.Limits.All(limit => minimum[limit.Key] <= Math.Max(0, limit.Value - Consumed(top)[limit.Key])));

    private static Quantities Least(Quantities a, Quantities b) => Quantities.OfMilli(
        Math.Min(a.Cpus, b.Cpus), Math.Min(a.Mem, b.Mem), Math.Min(a.Disk, b.Disk), Math.Min(a.Gpus, b.Gpus),
        [KeyValuePair.Create(Licences, Math.Min(a[Licences], b[Licences]))]);

    /// <summary>The path of competitors: a, a/b, a/b/.</summary>
    private static string[] Nodes(string role)
    {
        string[] parts = role.Split('/');
        return [.. parts.Select((_, i) => string.Join('/', parts[..(i + 1)])), role + "/."];
    }

    private double NodeShare(string node) => node.EndsWith("/.", StringComparison.Ordinal)
        ? Share(Held((_, role) => role + "/." == node))
        : Share(Held((_, role) => RoleName.IsSelfOrDescendant(role, node))) / Weights.GetValueOrDefault(node, 1);
}
