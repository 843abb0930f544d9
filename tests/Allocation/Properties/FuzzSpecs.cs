using System.Globalization;
using ActorScheduler.Allocation.Explain;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Specs.Properties;

/// <summary>
/// Garbage in every public command: it is refused and never throws, agents never hold more than they have, and the allocator
/// comes to rest.
/// </summary>
public sealed class FuzzSpecs
{
    private static readonly string?[] Texts = [null, "", "*", "a", "b", "a/b", "/", "a//b", "-x", "..", "a b", "\0", "s1", "s2", "f1", "f2", "A-O0", "A-O1", "A-O2"];
    private static readonly double[] Numbers = [0, 1, -1, 0.001, double.NaN, double.PositiveInfinity, double.Epsilon, double.MaxValue, 2];
    private static readonly long[] Amounts = [0, 1, -1, 1000, 4000, 64_000, long.MaxValue, long.MinValue, FixedPoint.Max];
    private static readonly TimeSpan[] Spans =
        [TimeSpan.Zero, TimeSpan.MaxValue, TimeSpan.MinValue, Timeout.InfiniteTimeSpan, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1000)];

    private readonly List<OfferId> _offers = [];
    private readonly List<Offer> _open = [];
    private Random _random = new(0);
    private TimeSpan _now;
    private int _launched;
    private int _applied;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Garbage_is_refused_and_never_throws(int seed)
    {
        _random = new Random(seed);
        var options = new AllocationOptions { GatherAfter = TimeSpan.FromSeconds(1), PreemptAfter = TimeSpan.FromSeconds(2), OfferTimeout = TimeSpan.FromSeconds(7) };
        var allocator = new Allocator(options, seed);
        for (int step = 0; step < 10_000; step++)
        {
            _now += TimeSpan.FromMilliseconds(_random.Next(200));
            Command(allocator);
            if (step % 5 == 0)
                Rest(allocator, step);
        }
        Assert.True(_offers.Count > 100 && _launched > 20 && _applied > 0, $"{_offers.Count} offers, {_launched} tasks and {_applied} conversions say little");
    }

    private void Rest(Allocator allocator, int step)
    {
        int runs = 0;
        do
        {
            foreach (Decision.OfferMade made in allocator.Allocate(_now).OfType<Decision.OfferMade>())
            {
                _offers.Add(made.Offer.Id);
                _open.Add(made.Offer);
            }
            Assert.True(++runs < 20, string.Create(CultureInfo.InvariantCulture, $"still work after {runs} runs at step {step}"));
        }
        while (allocator.HasWork);
        Assert.True(allocator.NextDue is not { } due || due > _now, $"overdue at step {step}");
        foreach (AgentSnapshot agent in allocator.Snapshot().Agents)
        {
            Assert.True(agent.Total.Contains(agent.Available), $"{agent.Info.Id} at step {step}");
            Assert.Null(agent.Available.CheckAmounts("available"));
        }
    }

    private void Command(Allocator allocator)
    {
        var framework = new FrameworkId(Mostly("f1", "f2")!);
        var agent = new AgentId(Mostly("s1", "s2")!);
        string role = Mostly("a", "b")!;
        switch (_random.Next(24))
        {
            case 0: allocator.AddFramework(Profile(framework), _now); break;
            case 1: allocator.UpdateFramework(Profile(framework), _now); break;
            case 2: allocator.RemoveFramework(framework, _now); break;
            case 3: allocator.ActivateFramework(framework, _now); break;
            case 4: allocator.DeactivateFramework(framework, _now); break;
            case 5: allocator.Suppress(framework, Roles(), _now); break;
            case 6: allocator.Revive(framework, Roles(), _now); break;
            case 7 or 8: allocator.AddAgent(new AgentInfo(agent, "h", []), Some(), Usages(), _now); break;
            case 9: allocator.UpdateAgent(new AgentInfo(agent, Text() ?? "", []), Some(), _now); break;
            case 10: allocator.RemoveAgent(agent, _now); break;
            case 11: allocator.MarkUnreachable(agent, _now); break;
            case 12: allocator.MarkReachable(agent, _now); allocator.ReactivateAgent(agent, _now); break;
            case 13: allocator.DrainAgent(agent, _now); break;
            case 14: allocator.Decline(framework, Offers(), Spans[_random.Next(Spans.Length)], _now); break;
            case 15 or 16: Accept(allocator, framework); break;
            case 17: allocator.EndTask(framework, agent, new TaskId(Mostly("t1", "t2")!), _now); break;
            case 18: allocator.RecoverResources(framework, agent, role, Some(), _now); break;
            case 19: _applied += allocator.Operate(agent, Operation(), _now).TryGet(out _, out _) ? 1 : 0; break;
            case 20: allocator.Request(framework, role, [new RequestedSize(Some().Quantities, _random.Next(-1, 3), _random.Next(-1, 3), _random.Next(4))], _now); break;
            case 21: allocator.SetWeight(role, Numbers[_random.Next(Numbers.Length)]); break;
            case 22: Quota(allocator, role); break;
            default: Ask(allocator, framework, agent, role); break;
        }
    }

    private void Accept(Allocator allocator, FrameworkId framework)
    {
        OfferId[] offers = Offers();
        Operation first = Operation();
        if (_open.Count > 0 && _random.Next(5) > 0)
        {
            (framework, offers) = (_open[^1].FrameworkId, [_open[^1].Id]);
            Resources some = Resources.OfMilli(_open[^1].Resources.PlainCpus / 2, _open[^1].Resources.PlainMem / 2, 0, 0);
            first = new Operation.Launch([new TaskSketch(new TaskId($"t{_random.Next(9)}"), some)]);
        }
        AcceptOutcome outcome = allocator.Accept(framework, offers, [first, Operation()], Spans[_random.Next(Spans.Length)], _now);
        _launched += outcome.Launched.Count;
        _applied += outcome.Applied.Count;
        if (_open.Count > 0)
            _open.RemoveAt(_open.Count - 1);
    }

    private void Quota(Allocator allocator, string role)
    {
        if (_random.Next(2) == 0)
            allocator.RemoveQuota(role);
        else
            allocator.SetQuota(role, Some().Quantities, new Dictionary<ResourceName, long> { [ResourceName.Cpus] = Amount() }, _random.Next(2) == 0);
    }

    private void Ask(Allocator allocator, FrameworkId framework, AgentId agent, string role)
    {
        allocator.Explain(framework, role, _random.Next(2) == 0 ? null : new Need(Some().Quantities), _random.Next(-1, 3), _now);
        allocator.ExplainRole(role);
        allocator.Agent(agent);
        allocator.MaintenanceAnswers(agent);
        allocator.SetMaintenance(agent, _random.Next(2) == 0 ? null : new Unavailability(DateTimeOffset.UnixEpoch, null), _now);
        allocator.AnswerInverseOffer(framework, new InverseOfferId($"A-I{_random.Next(5)}"), true, Spans[_random.Next(Spans.Length)], _now);
    }

    private string? Mostly(string one, string other) => _random.Next(5) == 0 ? Text() : _random.Next(2) == 0 ? one : other;

    private string? Text() => Texts[_random.Next(Texts.Length)];

    private long Amount() => Amounts[_random.Next(Amounts.Length)];

    private string[] Roles() => [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Mostly("a", "b")!)];

    private OfferId[] Offers() =>
        [.. Enumerable.Range(0, _random.Next(3)).Select(_ => _offers.Count > 0 ? _offers[^_random.Next(1, Math.Min(5, _offers.Count + 1))] : new OfferId(Text()!))];

    private FrameworkProfile Profile(FrameworkId id) => new(
        id, Roles(), (FrameworkCapabilities)_random.Next(256), _random.Next(3) == 0 ? Roles() : null, null,
        _random.Next(4) > 0 ? null : new Dictionary<string, IReadOnlyList<Quantities>> { ["a"] = [Some().Quantities] });

    private AgentUsage[] Usages() =>
        [.. Enumerable.Range(0, _random.Next(2)).Select(_ => new AgentUsage(new FrameworkId(Mostly("f1", "f2")!), Mostly("a", "a/b")!, Some(), [new TaskSketch(new TaskId(Mostly("t1", "t2")!), Some())]))];

    private Resources Some() => _random.Next(8) switch
    {
        0 => Resources.OfMilli(Amount(), Amount(), Amount(), Amount()),
        1 => Resources.From(new Resource(new ResourceKey(ResourceName.Of("x"), reservations: [Reservation.Dynamic("a")]), new Amount(Amount()))),
        2 => Resources.From(Resource.PersistentVolume(1, "v", [Reservation.Dynamic("a")], isShared: _random.Next(2) == 0)),
        3 => Resources.Of(cpus: 1, mem: 64, ports: ValueRanges.Of(1, 5)).PushReservation(Reservation.Dynamic("a")),
        _ => Resources.Of(cpus: _random.Next(5), mem: 64 * _random.Next(3), disk: _random.Next(3), ports: ValueRanges.Of(1, 9)),
    };

    private Operation Operation() => _random.Next(7) switch
    {
        0 => new Operation.Reserve(Some(), _random.Next(2) == 0 ? null : Some()),
        1 => new Operation.Unreserve(Some()),
        2 => new Operation.Create(Some()),
        3 => new Operation.Destroy(Some()),
        4 => new Operation.GrowVolume(Resource.PersistentVolume(1, "v", [Reservation.Dynamic("a")]), Resource.Scalar("disk", 1, Reservation.Dynamic("a"))),
        5 => new Operation.LaunchGroup([new TaskSketch(new TaskId(Mostly("t1", "t2")!), Some()), new TaskSketch(new TaskId(Mostly("t1", "t2")!), Some())], Some()),
        _ => new Operation.Launch([new TaskSketch(new TaskId(Mostly("t1", "t2")!), Some(), _random.Next(3), null, _random.Next(2) == 0 ? null : Some())]),
    };
}
