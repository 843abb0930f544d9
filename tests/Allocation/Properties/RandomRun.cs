using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Specs.Properties;

/// <summary>Random commands to an allocator and to the reference model side by side, and comparison after each.</summary>
internal sealed partial class RandomRun
{
    private static readonly string[] Roles = ["*", "a", "a/x", "a/y", "b", "c/z"];
    private static readonly double[] Refusals = [0.5, 2, 5, 20];

    private readonly bool _gathering;
    private readonly Random _random;
    private readonly AllocationOptions _options;
    private readonly Allocator _allocator;
    private readonly ReferenceModel _model;
    private readonly List<string> _log = [];
    private int _ids;

    /// <param name="seed">Decides everything.</param>
    /// <param name="gathering">
    /// Lets requests gather room and displace tasks. Then only the books are compared: who is kept waiting for whom is for specs.
    /// </param>
    public RandomRun(int seed, bool gathering = false)
    {
        _gathering = gathering;
        _random = new Random(seed);
        // Offers of two stages stay apart so that each can be judged; gathering has specs of its own.
        _options = new AllocationOptions
        {
            MergeOffers = gathering, GatherTimeout = gathering ? Seconds(20) : TimeSpan.Zero, GatherAfter = Seconds(2),
            PreemptAfter = gathering ? Seconds(4) : Timeout.InfiniteTimeSpan, GatheringFraction = 0.4, OfferTimeout = TimeSpan.FromSeconds(10),
            OffersHeldPerFramework = seed % 3 == 0 ? 3 : 1000, OfferedSharePerFramework = seed % 2 == 0 ? 1 : 0.5,
        };
        _allocator = new Allocator(_options, seed);
        _model = new ReferenceModel(_options);
    }

    /// <summary>All decisions so far, as text.</summary>
    public IReadOnlyList<string> Log => _log;

    public int Offers { get; private set; }

    public int Preempted { get; private set; }

    public void Step()
    {
        switch (_random.Next(30))
        {
            case 0 or 1: AddAgent(); break;
            case 2: RemoveAgent(); break;
            case 3: ChangeAgent(); break;
            case 4: UpdateAgent(); break;
            case 5: AddFramework(); break;
            case 6: ChangeFramework(); break;
            case 7: Suppress(); break;
            case 8: Revive(); break;
            case 9: Weigh(); break;
            case 10: SetQuota(); break;
            case 11: Operate(); break;
            case 12 or 13: Wish(); break;
            case <= 18: EndTask(); break;
            case <= 21: Decline(); break;
            case <= 25: Accept(); break;
            default: Allocate(); break;
        }
        CheckBooks();
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private T? Pick<T>(IEnumerable<T> items)
    {
        T[] all = [.. items];
        return all.Length == 0 ? default : all[_random.Next(all.Length)];
    }

    private Resources RandomResources()
    {
        Resources plain = Resources.Of(_random.Next(1, 9), _random.Next(1, 17) * 32, _random.Next(3) * 100, _random.Next(12) == 0 ? 1 : 0, ValueRanges.Of(1, (ulong)_random.Next(1, 20)));
        return _random.Next(8) switch
        {
            2 => plain.Add(Resources.From(Resource.Scalar("licences", _random.Next(1, 9)))),
            3 => plain.Add(Resources.From(Resource.PersistentVolume(50, "v", [Reservation.Static("a")], isShared: true), Resource.Scalar("licences", 2))),
            0 => plain.Add(Resources.From(Resource.Scalar("cpus", 2, Reservation.Static("a")), Resource.Scalar("mem", 64, Reservation.Static("a")))),
            1 => plain.Add(Resources.From(new Resource(new ResourceKey(ResourceName.Cpus, isRevocable: true), new Amount(2000)))),
            _ => plain,
        };
    }

    private void AddAgent()
    {
        if (_model.Agents.Count >= 8)
            return;
        var info = new AgentInfo(new AgentId($"s{_ids++}"), "h", [AgentAttribute.OfText("rack", $"r{_random.Next(3)}")]);
        Resources total = RandomResources();
        AgentUsage[] usages = _random.Next(3) > 0 ? [] : [Running(total)];
        Assert.Null(_allocator.AddAgent(info, total, usages, _model.Now));
        _model.Agents.Add(info.Id.Value, new ReferenceModel.Agent(info, total));
        foreach (AgentUsage usage in usages)
            _model.Uses.Add(new(usage.FrameworkId, usage.Role, info.Id, usage.Resources, usage.Tasks!.Single().Id));
    }

    /// <summary>Something that runs on a new agent: of a framework known or not, in a role that it may not have and nobody else has.</summary>
    private AgentUsage Running(Resources total)
    {
        FrameworkId id = Pick(_model.Frameworks.Values) is { } known && _random.Next(2) == 0 ? known.Id : new FrameworkId($"g{_random.Next(3)}");
        Resources some = Resources.OfMilli(total.PlainCpus / 2, total.PlainMem, 0, 0).Add(total.Shared());
        return new AgentUsage(id, Pick([.. Roles, "z/deep/er"])!, some, [new TaskSketch(new TaskId($"t{_ids++}"), some)]);
    }

    private void RemoveAgent()
    {
        if (_model.Agents.Count < 2 || Pick(_model.Agents.Values) is not { } agent)
            return;
        Assert.Null(_allocator.RemoveAgent(agent.Info.Id, _model.Now));
        _model.Uses.RemoveAll(use => use.Agent == agent.Info.Id);
        _model.Refusals.RemoveAll(refusal => refusal.Agent == agent.Info.Id);
        Lose(offer => offer.Agent == agent.Info.Id);
        _model.Agents.Remove(agent.Info.Id.Value);
    }

    private void ChangeAgent()
    {
        if (Pick(_model.Agents.Values) is not { } agent)
            return;
        AgentId id = agent.Info.Id;
        switch (_random.Next(5))
        {
            case 0: Assert.Null(_allocator.MarkUnreachable(id, _model.Now)); agent.IsReachable = false; break;
            case 1: Assert.Null(_allocator.MarkReachable(id, _model.Now)); agent.IsReachable = true; break;
            case 2: Assert.Null(_allocator.DrainAgent(id, _model.Now)); agent.IsDraining = true; break;
            default: Assert.Null(_allocator.ReactivateAgent(id, _model.Now)); agent.IsActive = true; agent.IsDraining = false; break;
        }
        if (!agent.IsOfferable)
            Lose(offer => offer.Agent == id);
    }

    /// <summary>Grows, or comes back with something else altogether, whatever runs on it.</summary>
    private void UpdateAgent()
    {
        if (Pick(_model.Agents.Values) is not { } agent || agent.Total.PlainCpus > 20_000)
            return;
        Resources total = _random.Next(2) == 0 ? RandomResources() : agent.Total.Add(Resources.Of(cpus: 1, mem: 32));
        AgentInfo info = agent.Info;
        if (_random.Next(2) == 0)
        {
            info = info with { Attributes = [AgentAttribute.OfText("rack", $"r{_random.Next(3)}")] };
            if (!info.Attributes.SequenceEqual(agent.Info.Attributes))
                Lose(offer => offer.Agent == info.Id);
        }
        bool isSharedGone = _model.Offers.Values.Any(offer => offer.Agent == info.Id && !total.Contains(offer.Resources.Shared()));
        if (isSharedGone || !total.Contains(_model.HeldOn(info.Id)))
            Lose(offer => offer.Agent == info.Id);
        Assert.Null(_allocator.UpdateAgent(info, total, _model.Now));
        agent.Info = info;
        agent.Total = total;
    }

    private void AddFramework()
    {
        if (_model.Frameworks.Count >= 6)
            return;
        var id = new FrameworkId(_random.Next(3) == 0 ? $"g{_random.Next(3)}" : $"f{_ids++}");
        if (_model.Frameworks.ContainsKey(id.Value))
            return;
        string[] roles = [.. Roles.OrderBy(_ => _random.Next()).Take(_random.Next(1, 3))];
        FrameworkCapabilities able = FrameworkCapabilities.MultiRole | Maybe(FrameworkCapabilities.RevocableResources)
            | Maybe(FrameworkCapabilities.GpuResources) | Maybe(FrameworkCapabilities.SharedResources) | Maybe(FrameworkCapabilities.ReservationRefinement);
        OfferConstraints? constraints = _random.Next(3) > 0
            ? null
            : OfferConstraints.Create([[AttributeConstraint.Create("rack", AttributePredicate.TextNotEquals, "r0").Value]]).Value;
        Assert.Null(_allocator.AddFramework(
            new FrameworkProfile(id, roles, able, null, constraints is null ? null : roles.ToDictionary(role => role, _ => constraints)), _model.Now));
        _model.Frameworks.Add(id.Value, new ReferenceModel.Framework(id, roles, able, _options.OffersHeldPerFramework) { Constraints = constraints });
    }

    private FrameworkCapabilities Maybe(FrameworkCapabilities capability) => _random.Next(2) == 0 ? capability : FrameworkCapabilities.None;

    private void ChangeFramework()
    {
        if (Pick(_model.Frameworks.Values) is not { } framework)
            return;
        switch (_random.Next(5))
        {
            case 0:
                Assert.Null(_allocator.RemoveFramework(framework.Id, _model.Now));
                Lose(offer => offer.Framework == framework.Id);
                _model.Uses.RemoveAll(use => use.Framework == framework.Id);
                _model.Refusals.RemoveAll(refusal => refusal.Framework == framework.Id);
                _model.Frameworks.Remove(framework.Id.Value);
                break;
            case 1 when framework.IsActive:
                Assert.Null(_allocator.DeactivateFramework(framework.Id, _model.Now));
                Lose(offer => offer.Framework == framework.Id);
                _model.Refusals.RemoveAll(refusal => refusal.Framework == framework.Id);
                framework.IsActive = false;
                break;
            default:
                Assert.Null(_allocator.ActivateFramework(framework.Id, _model.Now));
                if (!framework.IsActive)
                    framework.HoldLimit = _options.OffersHeldPerFramework;
                framework.IsActive = true;
                break;
        }
    }

    private void Suppress()
    {
        if (Pick(_model.Frameworks.Values) is not { } framework || Pick(framework.Roles) is not { } role)
            return;
        Assert.Null(_allocator.Suppress(framework.Id, [role], _model.Now));
        framework.Suppressed.Add(role);
    }

    private void Revive()
    {
        if (Pick(_model.Frameworks.Values) is not { } framework)
            return;
        Assert.Null(_allocator.Revive(framework.Id, [], _model.Now));
        framework.Suppressed.Clear();
        _model.Refusals.RemoveAll(refusal => refusal.Framework == framework.Id);
    }

    private void Weigh()
    {
        string role = Pick(Roles)!;
        double weight = _random.Next(1, 5);
        Assert.Null(_allocator.SetWeight(role, weight));
        _model.Weights[role] = weight;
    }

    private void SetQuota()
    {
        string role = Pick(["a", "b", "c"])!;
        if (_model.Quotas.ContainsKey(role) && _random.Next(2) == 0)
        {
            Assert.Null(_allocator.RemoveQuota(role));
            _model.Quotas.Remove(role);
            return;
        }
        var guarantees = Quantities.OfMilli(
            1000 * _random.Next(6), 32_000 * _random.Next(6), others: [KeyValuePair.Create(ReferenceModel.Licences, 1000L * Math.Max(0, _random.Next(6) - 2))]);
        var limits = new Dictionary<ResourceName, long>();
        if (_random.Next(3) == 0)
            limits[ReferenceModel.Licences] = guarantees[ReferenceModel.Licences] + 1000 * _random.Next(4);
        if (_random.Next(2) == 0)
            limits[ResourceName.Cpus] = guarantees.Cpus + 1000 * _random.Next(6);
        if (_random.Next(2) == 0)
            limits[ResourceName.Mem] = guarantees.Mem + 32_000 * _random.Next(6);
        if (_allocator.SetQuota(role, guarantees, limits, force: _random.Next(2) == 0) is { } refusal)
        {
            Assert.Equal(RefusalKind.Conflict, refusal.Kind);
            return;
        }
        _model.Quotas[role] = (guarantees, limits);
        Decide();
    }

    private void Operate()
    {
        if (Pick(_model.Agents.Values) is not { } agent)
            return;
        Resources plain = Resources.Of(_random.Next(3), 32);
        Resources reserved = _random.Next(3) == 0
            ? plain.PushReservation(Reservation.Dynamic("a", "ops")).PushReservation(Reservation.Dynamic("a/x", "ops"))
            : plain.PushReservation(Reservation.Dynamic(Pick(["a", "b", "a/x"])!, "ops"));
        Operation operation = _random.Next(2) == 0 ? new Operation.Reserve(reserved) : new Operation.Unreserve(reserved);
        if (!_allocator.Operate(agent.Info.Id, operation, _model.Now).TryGet(out Conversion? conversion, out _))
            return;
        agent.Total = agent.Total.Subtract(conversion.Consumed).Add(conversion.Converted);
        Decide();
    }

    private void Wish()
    {
        if (Pick(_model.Frameworks.Values) is not { } framework || Pick(framework.Roles) is not { } role)
            return;
        if (_random.Next(2) == 0)
        {
            Assert.Null(_allocator.Request(framework.Id, role, [], _model.Now));
            framework.Wishes.Remove(role);
            return;
        }
        var wish = new ReferenceModel.Wish(Quantities.Of(_random.Next(1, 4), 16 * _random.Next(1, 6)), _random.Next(1, 4), _random.Next(3));
        Assert.Null(_allocator.Request(framework.Id, role, [new RequestedSize(wish.Size, wish.Wanted, wish.Ports, _gathering ? _random.Next(4) : 0)], _model.Now));
        framework.Wishes[role] = wish;
    }

    private void EndTask()
    {
        if (Pick(_model.Uses) is not { } use)
            return;
        Assert.Null(_allocator.EndTask(use.Framework, use.Agent, use.Task, _model.Now));
        _model.Uses.Remove(use);
    }

    private void Decline()
    {
        if (Pick(_model.Offers.Values) is not { } offer)
            return;
        double seconds = Refusals[_random.Next(Refusals.Length)];
        Assert.Null(_allocator.Decline(offer.Framework, [offer.Id], Seconds(seconds), _model.Now));
        Answer(offer, 0);
        _model.Refusals.Add(new(offer.Framework, offer.Role, offer.Agent, offer.Resources, _model.Now + Seconds(seconds)));
    }

    private void Accept()
    {
        if (Pick(_model.Offers.Values) is not { } offer)
            return;
        Quantities all = offer.Resources.Unreserved().NonRevocable().Quantities;
        Resources task = _random.Next(2) == 0 ? offer.Resources : Resources.OfMilli(all.Cpus / 2, all.Mem / 2, 0, 0);
        if (!offer.Resources.Contains(task) || task.IsEmpty)
            task = offer.Resources;
        var id = new TaskId($"t{_ids++}");
        AcceptOutcome outcome = _allocator.Accept(
            offer.Framework, [offer.Id], [new Operation.Launch([new TaskSketch(id, task, _gathering ? _random.Next(3) : 0)])], Seconds(1), _model.Now);
        Assert.Null(outcome.Refusal);
        Assert.Single(outcome.Launched);
        Answer(offer, 1);
        _model.Uses.Add(new(offer.Framework, offer.Role, offer.Agent, task, id));
        Resources left = offer.Resources.Subtract(task.NonShared());
        Assert.Equal(left, outcome.Declined);
        if (!left.IsEmpty)
            _model.Refusals.Add(new(offer.Framework, offer.Role, offer.Agent, left, _model.Now + Seconds(1)));
    }

    private void Answer(ReferenceModel.Open offer, int launched)
    {
        _model.Offers.Remove(offer.Id);
        Settle(offer, launched);
        ReferenceModel.Framework framework = _model.Frameworks[offer.Framework.Value];
        framework.HoldLimit = Math.Min(_options.OffersHeldPerFramework, framework.HoldLimit * 2);
    }

    private static void Settle(ReferenceModel.Open offer, int launched)
    {
        if (offer.Wish is not { } wish)
            return;
        wish.Promised -= offer.Promised;
        wish.Wanted -= Math.Min(launched, Math.Min(offer.Promised, wish.Wanted));
    }

    /// <summary>Offers that a command ends; the allocator says so with its next decisions.</summary>
    private void Lose(Func<ReferenceModel.Open, bool> condition)
    {
        foreach (ReferenceModel.Open offer in _model.Offers.Values.Where(condition).ToArray())
        {
            _model.Offers.Remove(offer.Id);
            Settle(offer, 0);
        }
    }
}
