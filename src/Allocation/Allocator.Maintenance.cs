using ActorScheduler.Allocation.Book;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <content>Planned maintenance: offers say so, and frameworks are asked to leave.</content>
public sealed partial class Allocator
{
    private readonly List<AgentEntry> _maintained = [];
    private long _inverseOffersMade;

    /// <summary>Plans a time in which the agent may be away, or cancels it with null. Open offers of the agent are rescinded, since they say otherwise.</summary>
    public Refusal? SetMaintenance(AgentId id, Unavailability? unavailability, TimeSpan now)
    {
        Advance(now);
        if (!_agents.TryGetValue(id, out AgentEntry? agent))
            return Unknown("id", id);
        if (agent.Unavailability == unavailability)
            return null;
        RescindAll(agent, RescindReason.AgentChanged);
        CancelMaintenance(agent);
        if (unavailability is not null)
        {
            agent.Unavailability = unavailability;
            agent.InverseOffers = [];
            _maintained.Add(agent);
            Release(agent);
        }
        Mark(agent);
        return null;
    }

    /// <summary>A framework's answer to an inverse offer. It is asked again after the refusal time as long as it uses the agent.</summary>
    public Refusal? AnswerInverseOffer(FrameworkId frameworkId, InverseOfferId id, bool isAccepted, TimeSpan refuseFor, TimeSpan now)
    {
        Advance(now);
        foreach (AgentEntry agent in _maintained)
        {
            if (!agent.InverseOffers!.TryGetValue(frameworkId, out InverseEntry? entry) || entry.Id != id || !entry.IsOpen)
                continue;
            entry.IsOpen = false;
            entry.Status = isAccepted ? InverseOfferStatus.Accepted : InverseOfferStatus.Declined;
            entry.AskAgainAt = After(refuseFor < _options.MinimumRefusal ? _options.MinimumRefusal : refuseFor);
            return null;
        }
        return Unknown("id", id);
    }

    /// <summary>What frameworks have answered about an agent's maintenance.</summary>
    public IReadOnlyDictionary<FrameworkId, InverseOfferStatus> MaintenanceAnswers(AgentId id) =>
        _agents.TryGetValue(id, out AgentEntry? agent) && agent.InverseOffers is { } asked
            ? asked.ToDictionary(entry => entry.Key, entry => entry.Value.Status)
            : new Dictionary<FrameworkId, InverseOfferStatus>();

    private void CancelMaintenance(AgentEntry agent)
    {
        if (agent.Unavailability is null)
            return;
        foreach ((FrameworkId framework, InverseEntry entry) in agent.InverseOffers!)
        {
            if (entry.IsOpen)
                _decisions.Add(new Decision.InverseOfferRescinded(framework, entry.Id));
        }
        agent.Unavailability = null;
        agent.InverseOffers = null;
        _maintained.Remove(agent);
    }

    private void AskForMaintenance()
    {
        foreach (AgentEntry agent in _maintained)
        {
            Dictionary<FrameworkId, InverseEntry> asked = agent.InverseOffers!;
            foreach (Holding holding in agent.Holdings)
            {
                FrameworkEntry framework = holding.Subscription.Framework;
                if (!framework.IsActive || asked.TryGetValue(framework.Id, out InverseEntry? entry) && (entry.IsOpen || entry.AskAgainAt > _now))
                    continue;
                InverseOfferStatus status = asked.GetValueOrDefault(framework.Id)?.Status ?? InverseOfferStatus.Unknown;
                var id = new InverseOfferId($"{_options.IdPrefix}-I{_inverseOffersMade++}");
                asked[framework.Id] = new InverseEntry(id) { Status = status };
                _decisions.Add(new Decision.InverseOfferMade(new InverseOffer(id, framework.Id, agent.Info.Id, agent.Unavailability!)));
            }
            foreach ((FrameworkId framework, InverseEntry entry) in asked.ToArray())
            {
                if (agent.Holdings.Exists(holding => holding.Subscription.Framework.Id == framework && holding.Subscription.Framework.IsActive))
                    continue;
                asked.Remove(framework);
                if (entry.IsOpen)
                    _decisions.Add(new Decision.InverseOfferRescinded(framework, entry.Id));
            }
        }
    }

    private long NextMaintenanceAsk()
    {
        long due = long.MaxValue;
        foreach (AgentEntry agent in _maintained)
        {
            foreach (InverseEntry entry in agent.InverseOffers!.Values)
                due = Math.Min(due, entry.IsOpen ? long.MaxValue : entry.AskAgainAt);
        }
        return due;
    }
}
