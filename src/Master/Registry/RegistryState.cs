using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Master.Registry;

/// <summary>All that is durable at the allocator: what the facts so far amount to. It decides nothing.</summary>
internal sealed class RegistryState
{
    /// <summary>Requests that are recognised when they come again.</summary>
    private const int MostRequests = 10_000;

    private readonly Dictionary<AgentId, RegisteredAgent> _agents = [];
    private readonly Dictionary<string, QuotaSet> _quotas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _weights = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, long?> _requests = [];
    private readonly Queue<Guid> _requestOrder = new();

    /// <summary>The latest allocator.</summary>
    public Epoch Epoch { get; private set; }

    /// <summary>Number of the latest instruction to any agent.</summary>
    public long LastInstruction { get; private set; }

    /// <summary>Agents that are known, also those that are gone.</summary>
    public IReadOnlyDictionary<AgentId, RegisteredAgent> Agents => _agents;

    /// <summary>Quota by role.</summary>
    public IReadOnlyDictionary<string, QuotaSet> Quotas => _quotas;

    /// <summary>Weights by role.</summary>
    public IReadOnlyDictionary<string, double> Weights => _weights;

    /// <summary>Whether a request was carried out already, as far back as is remembered.</summary>
    public bool HasDone(Guid request) => _requests.ContainsKey(request);

    /// <summary>Whether a request that was carried out was another command.</summary>
    public bool IsReused(Guid request, long digest) => _requests.GetValueOrDefault(request) is { } known && known != digest;

    /// <summary>Enters a fact.</summary>
    public void Apply(RegistryEvent fact)
    {
        if (fact is OperatorEvent { RequestId: { } request } decided)
            Remember(request, decided.Digest);
        switch (fact)
        {
            case EpochBegun begun:
                Epoch = begun.Epoch;
                break;
            case AgentAdmitted admitted:
                _agents[admitted.AgentId] = (_agents.GetValueOrDefault(admitted.AgentId) ?? new RegisteredAgent(admitted.AgentId, admitted.Hostname, admitted.Node))
                    with { Hostname = admitted.Hostname, Node = admitted.Node, LostAt = null };
                break;
            case AgentForgotten forgotten:
                _agents.Remove(forgotten.AgentId);
                break;
            case QuotaSet set:
                _quotas[set.Role] = set;
                break;
            case QuotaRemoved removed:
                _quotas.Remove(removed.Role);
                break;
            case WeightSet set:
                _weights[set.Role] = set.Weight;
                break;
            case WeightRemoved removed:
                _weights.Remove(removed.Role);
                break;
            default:
                ApplyToAgent(fact);
                break;
        }
    }

    private void ApplyToAgent(RegistryEvent fact)
    {
        switch (fact)
        {
            case AgentLost lost:
                Change(lost.AgentId, agent => agent with { LostAt = lost.At });
                break;
            case AgentFound found:
                Change(found.AgentId, static agent => agent with { LostAt = null });
                break;
            case AgentMarkedGone gone:
                Change(gone.AgentId, agent => agent with { GoneAt = gone.At, Instructions = null });
                break;
            case MaintenanceScheduled scheduled:
                Change(scheduled.AgentId, agent => agent with { Unavailability = scheduled.Unavailability });
                break;
            case AgentDeactivated deactivated:
                Change(deactivated.AgentId, static agent => agent with { IsDeactivated = true });
                break;
            case DrainBegun drain:
                Change(drain.AgentId, agent => agent with { Drain = drain });
                break;
            case AgentReactivated reactivated:
                Change(reactivated.AgentId, static agent => agent with { IsDeactivated = false, Drain = null });
                break;
            case AgentInstructed instructed:
                LastInstruction = instructed.Decision.Number;
                Change(instructed.AgentId, agent => agent with { Instructions = [.. agent.Open, instructed.Decision] });
                break;
            case InstructionSettled settled:
                Change(settled.AgentId, agent => agent with { Instructions = [.. agent.Open.Where(decision => decision.Number > settled.Number)] });
                break;
        }
    }

    /// <summary>All of it.</summary>
    public RegistrySnapshot TakeSnapshot() => new(
        Epoch, LastInstruction, [.. _agents.Values], [.. _quotas.Values], _weights.ToDictionary(), [.. _requestOrder],
        [.. _requestOrder.Select(request => _requests[request] ?? 0)]);

    /// <summary>Puts an empty state where a snapshot was.</summary>
    public void Restore(RegistrySnapshot snapshot)
    {
        (Epoch, LastInstruction) = (snapshot.Epoch, snapshot.LastInstruction);
        foreach (RegisteredAgent agent in snapshot.Agents)
            _agents[agent.Id] = agent;
        foreach (QuotaSet quota in snapshot.Quotas)
            _quotas[quota.Role] = quota;
        foreach ((string role, double weight) in snapshot.Weights)
            _weights[role] = weight;
        for (int i = 0; i < snapshot.Requests.Count; i++)
            Remember(snapshot.Requests[i], snapshot.Digests is { } digests && i < digests.Count && digests[i] != 0 ? digests[i] : null);
    }

    private void Change(AgentId id, Func<RegisteredAgent, RegisteredAgent> change)
    {
        if (_agents.TryGetValue(id, out RegisteredAgent? agent))
            _agents[id] = change(agent);
    }

    private void Remember(Guid request, long? digest)
    {
        if (!_requests.TryAdd(request, digest))
            return;
        _requestOrder.Enqueue(request);
        while (_requestOrder.Count > MostRequests)
            _requests.Remove(_requestOrder.Dequeue());
    }
}

/// <summary>The registry at one moment.</summary>
internal sealed record RegistrySnapshot(
    Epoch Epoch, long LastInstruction, IReadOnlyList<RegisteredAgent> Agents, IReadOnlyList<QuotaSet> Quotas, IReadOnlyDictionary<string, double> Weights,
    IReadOnlyList<Guid> Requests, IReadOnlyList<long>? Digests = null) : IMasterEvent;
