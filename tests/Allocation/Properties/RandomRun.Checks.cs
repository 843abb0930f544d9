using ActorScheduler.Allocation.Explain;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Specs.Properties;

/// <content>What has to hold of decisions and of the books.</content>
internal sealed partial class RandomRun
{
    private void Allocate()
    {
        _model.Now += Seconds(_random.NextDouble() * 3);
        Decide();
    }

    /// <summary>Also right after commands that take offers back, so that the model knows which.</summary>
    private void Decide()
    {
        _model.Refusals.RemoveAll(refusal => refusal.Until <= _model.Now);
        foreach (Decision decision in _allocator.Allocate(_model.Now))
        {
            _log.Add(decision.ToString());
            switch (decision)
            {
                case Decision.OfferRescinded rescinded:
                    Rescinded(rescinded);
                    break;
                case Decision.OfferMade made when _gathering:
                    Noted(made.Offer);
                    break;
                case Decision.OfferMade made:
                    Made(made.Offer);
                    break;
                case Decision.TaskPreempted preempted:
                    Preempted++;
                    ReferenceModel.Use victim = Assert.Single(_model.Uses, use => use.Task == preempted.TaskId);
                    Assert.Contains(victim.Role, _model.Frameworks[preempted.For.Value].Roles);
                    break;
            }
        }
        Assert.True(_allocator.NextDue is not { } due || due > _model.Now, "something is overdue right after a run");
        if (!_gathering)
            CheckThatAllAreServed();
    }

    private void Rescinded(Decision.OfferRescinded rescinded)
    {
        if (!_model.Offers.Remove(rescinded.OfferId, out ReferenceModel.Open? offer))
            return;
        Settle(offer, 0);
        if (rescinded.Reason != RescindReason.Expired)
            return;
        Assert.True(_model.Now - offer.MadeAt >= _options.OfferTimeout);
        ReferenceModel.Framework framework = _model.Frameworks[offer.Framework.Value];
        framework.HoldLimit = Math.Max(1, framework.HoldLimit / 2);
        _model.Refusals.Add(new(offer.Framework, offer.Role, offer.Agent, offer.Resources, _model.Now + _options.ExpiredOfferRefusal));
    }

    /// <summary>The offer is exactly what is due, and nobody with a lower share could have had the agent at this stage.</summary>
    private void Made(Offer offer)
    {
        Offers++;
        ReferenceModel.Agent agent = _model.Agents[offer.Agent.Id.Value];
        ReferenceModel.Framework chosen = _model.Frameworks[offer.FrameworkId.Value];
        foreach (Stage stage in Enum.GetValues<Stage>())
        {
            List<(ReferenceModel.Framework Framework, string Role, Resources Resources, int Promised)> could = Candidates(agent, stage);
            if (could.Count == 0)
                continue;
            var mine = could.Find(candidate => candidate.Framework == chosen && candidate.Role == offer.Role);
            Assert.True(mine.Framework is not null, $"{offer} is not due at stage {stage}");
            Assert.Equal(mine.Resources, offer.Resources);
            if (stage != Stage.Reserved)
            {
                foreach (var other in could)
                    Assert.True(_model.Compare((other.Framework, other.Role), (chosen, offer.Role)) >= -1e-12, $"{other.Framework.Id} in {other.Role} comes before {offer}");
            }
            Wished(offer, chosen, mine.Promised);
            return;
        }
        Assert.Fail($"{offer} is due to nobody");
    }

    /// <summary>Enters an offer without judging who should have had it.</summary>
    private void Noted(Offer offer)
    {
        Offers++;
        ReferenceModel.Framework chosen = _model.Frameworks[offer.FrameworkId.Value];
        int promised = 0;
        if (offer.IsSlice)
        {
            ReferenceModel.Wish wish = chosen.Wishes[offer.Role];
            while (promised < wish.Wanted - wish.Promised && offer.Resources.NonShared().Quantities.Contains(wish.Size.Times(promised + 1))
                && offer.Resources.PlainPorts.Count >= (ulong)(wish.Ports * (promised + 1)))
                promised++;
        }
        Wished(offer, chosen, promised);
    }

    private void Wished(Offer offer, ReferenceModel.Framework chosen, int promised)
    {
        chosen.Wishes.TryGetValue(offer.Role, out ReferenceModel.Wish? wish);
        if (wish is not null)
            wish.Promised += promised;
        _model.Offers.Add(offer.Id, new(offer.Id, offer.FrameworkId, offer.Role, offer.Agent.Id, offer.Resources, _model.Now, wish, promised));
    }

    private List<(ReferenceModel.Framework Framework, string Role, Resources Resources, int Promised)> Candidates(ReferenceModel.Agent agent, Stage stage)
    {
        var found = new List<(ReferenceModel.Framework, string, Resources, int)>();
        foreach (ReferenceModel.Framework framework in _model.Frameworks.Values)
        {
            foreach (string role in framework.Roles)
            {
                if (_model.Offerable(framework, role, agent, stage) is { } offerable)
                    found.Add((framework, role, offerable.Resources, offerable.Promised));
            }
        }
        return found;
    }

    private void CheckThatAllAreServed()
    {
        foreach (ReferenceModel.Agent agent in _model.Agents.Values)
        {
            foreach (Stage stage in Enum.GetValues<Stage>())
            {
                foreach (var candidate in Candidates(agent, stage))
                    Assert.Fail($"{candidate.Framework.Id} in {candidate.Role} could be offered {candidate.Resources} of {agent.Info.Id} at stage {stage}");
            }
        }
    }

    /// <summary>Every running sum equals the same thing added up anew; nothing is over-allocated.</summary>
    private void CheckBooks()
    {
        AllocationSnapshot book = _allocator.Snapshot();
        Assert.Equal(_model.Total, book.Total);
        Assert.Equal(_model.Agents.Count, book.Agents.Count);
        Assert.Equal(_model.Offers.Count, _allocator.OpenOffers);
        foreach (AgentSnapshot agent in book.Agents)
        {
            // Only an agent that has lost what runs on it may hold more than it has, and then no offers of that.
            Resources used = agent.Used.Aggregate(Resources.Empty, (sum, use) => sum.Add(use.Resources.NonShared()));
            Resources idle = _model.HeldOn(agent.Info.Id).Subtract(used).Add(agent.Available);
            Assert.True(agent.Total.SubtractOrEmpty(used).Contains(idle), $"{agent.Info.Id} is over-allocated");
            Assert.Equal(_model.Agents[agent.Info.Id.Value].Total, agent.Total);
            Assert.Equal(_model.Uses.Count(use => use.Agent == agent.Info.Id), agent.Used.Sum(use => use.Tasks?.Count ?? 0));
            Assert.Equal(_model.Available(agent.Info.Id), agent.Available);
        }
        IEnumerable<FrameworkId> known = _model.Frameworks.Values.Select(framework => framework.Id).Union(_model.Uses.Select(use => use.Framework));
        Assert.Equal(known.Count(), _allocator.Frameworks);
        Assert.Equal(_model.Idle, book.Idle);
        Assert.Equal(_model.OwedToAll, book.Owed);
        foreach (SubscriptionSnapshot entry in book.Frameworks)
        {
            Assert.Equal(_model.Held((id, role) => id == entry.FrameworkId && role == entry.Role), entry.Allocated);
            bool wants = _model.Frameworks.TryGetValue(entry.FrameworkId.Value, out ReferenceModel.Framework? framework) && _model.Wants(framework, entry.Role);
            Assert.Equal(wants, entry.WantsOffers);
        }
        foreach ((string name, RoleExplanation role) in book.Roles)
        {
            Assert.Equal(_model.Held((_, holder) => RoleName.IsSelfOrDescendant(holder, name)), role.Allocated);
            if (!name.Contains('/', StringComparison.Ordinal))
                Assert.Equal(_model.Consumed(name), role.Consumed);
        }
    }
}
