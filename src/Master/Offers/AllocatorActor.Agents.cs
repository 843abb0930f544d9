using ActorScheduler.Allocation;
using ActorScheduler.Master.Registry;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;
using Akka.Event;

namespace ActorScheduler.Master.Offers;

/// <content>Agents: registration, heartbeats, releases, and how they stand.</content>
internal sealed partial class AllocatorActor
{
    private readonly Dictionary<AgentId, AgentOnBook> _agents = [];
    private readonly Dictionary<AgentId, HashSet<FrameworkId>> _interested = [];
    private readonly AnnouncedTasks _announced = new();
    private long _lastRegistration;
    private TimeSpan _lastWatch;

    private void ReceiveAgents()
    {
        Command<AnnounceTasks>(page => _announced.Add(page, Elapsed));
        Command<RegisterAgent>(Register);
        Command<AgentHeartbeat>(Heard);
        Command<ReleaseResources>(Release);
        Command<ReportDegraded>(Degrade);
        Command<LeaveCluster>(Leave);
        Command<DecisionCarriedOut>(CarriedOut);
        Command<NodesPresent>(present => LoseAll(agent => agent.Node is { } node && !present.Nodes.Contains(node), "its node is no member"));
        Command<NodeLost>(lost => LoseAll(agent => agent.Node == lost.Node, "its node was removed from the cluster"));
    }

    private void Register(RegisterAgent last)
    {
        // What is missing comes again: the agent says it anew.
        if (!_announced.Complete(last).TryGet(out RegisterAgent? agent, out Problem? incomplete))
        {
            Log.Warning("Registration of agent {AgentId} was refused: {Refusal}", last.AgentId, incomplete);
            last.Agent.Tell(new AgentRefused(last.AgentId, Epoch, incomplete, IsFinal: false));
            return;
        }
        if (_registry.Agents.GetValueOrDefault(agent.AgentId)?.GoneAt is { } goneAt)
        {
            Commit([], () => agent.Agent.Tell(new AgentRefused(agent.AgentId, Epoch, new Problem("agent_id", $"was declared gone at {goneAt:u}"), IsFinal: true)));
            return;
        }
        bool isRefresh = _agents.TryGetValue(agent.AgentId, out AgentOnBook? known) && known.Registered.Incarnation == agent.Incarnation;
        if (!isRefresh && known is not null && WhyNot(known, agent) is { } taken)
        {
            agent.Agent.Tell(new AgentRefused(agent.AgentId, Epoch, taken, IsFinal: false));
            return;
        }
        if ((isRefresh ? Refresh(known!, agent) : Enter(known, agent)) is { } refusal)
        {
            Log.Warning("Registration of agent {AgentId} was refused: {Refusal}", agent.AgentId, refusal);
            agent.Agent.Tell(new AgentRefused(agent.AgentId, Epoch, new Problem(refusal.Field, refusal.Reason), IsFinal: false));
            return;
        }
        AgentOnBook entry = _agents[agent.AgentId];
        (entry.LastSeen, entry.LostAt) = (Elapsed, null);
        RegisteredAgent? before = _registry.Agents.GetValueOrDefault(agent.AgentId);
        var facts = new List<RegistryEvent>();
        if (before is null || before.Node != agent.Node || before.Hostname != agent.Info.Hostname || before.LostAt is not null)
            facts.Add(new AgentAdmitted(agent.AgentId, agent.Info.Hostname, agent.Node));
        if (before?.Open.Any(decision => decision.Number <= agent.Decision) == true)
            facts.Add(new InstructionSettled(agent.AgentId, agent.Decision));
        Commit(facts, () => agent.Agent.Tell(new AgentRegistered(
            agent.AgentId, Epoch, entry.Registration, _settings.HeartbeatInterval, _registry.Agents.GetValueOrDefault(agent.AgentId)?.Open ?? [])));
        Decree(agent.AgentId, agent.Decision);
        TellStanding(agent.AgentId);
        Touch();
    }

    /// <summary>Whether the id is another's, who answers. It is said once of each newcomer, who asks again and again.</summary>
    private Problem? WhyNot(AgentOnBook known, RegisterAgent newcomer)
    {
        (Address registered, Address other) = (known.Actor.Path.Address, newcomer.Agent.Path.Address);
        if (Newcomer.WhyNot(known.Registered.Info.Hostname, registered, known.LostAt is not null, other) is not { } problem)
            return null;
        if (!newcomer.Agent.Equals(known.Refused))
            Log.Warning("Agent {AgentId} at {Newcomer} is refused: {Problem}", newcomer.AgentId, other, problem);
        known.Refused = newcomer.Agent;
        return problem;
    }

    /// <summary>The same process again: what it holds is in the book already, or on its way here as releases.</summary>
    private Refusal? Refresh(AgentOnBook entry, RegisterAgent agent)
    {
        entry.Hear(agent);
        return _allocator.UpdateAgent(agent.Info, agent.Total, Elapsed) ?? _allocator.MarkReachable(agent.AgentId, Elapsed);
    }

    private Refusal? Enter(AgentOnBook? known, RegisterAgent agent)
    {
        if (known is not null)
        {
            if (!known.Actor.Equals(agent.Agent))
                known.Actor.Tell(new AgentRefused(agent.AgentId, Epoch, new Problem("agent_id", "another process has registered with it"), IsFinal: true));
            _allocator.RemoveAgent(agent.AgentId, Elapsed);
            _agents.Remove(agent.AgentId);
        }
        AgentUsage[] usages =
        [
            .. agent.Tasks.GroupBy(static task => (task.FrameworkId, task.Role)).Select(static group => new AgentUsage(
                group.Key.FrameworkId, group.Key.Role, group.Aggregate(Resources.Empty, static (sum, task) => sum.Add(task.Task.Total)),
                [.. group.Select(static task => task.Task)])),
        ];
        if (_allocator.AddAgent(agent.Info, agent.Total, usages, Elapsed) is { } refusal)
            return refusal;
        _agents[agent.AgentId] = new AgentOnBook(agent, ++_lastRegistration);
        foreach (AgentUsage usage in usages)
            Interest(agent.AgentId, usage.FrameworkId);
        Log.Info("Agent {AgentId} on {Hostname} registered with {Resources} and {Tasks} tasks", agent.AgentId, agent.Info.Hostname, agent.Total, agent.Tasks.Count);
        return null;
    }

    /// <summary>Puts operators' decisions into the book that the agent's own words do not hold yet.</summary>
    private void Decree(AgentId id, long carriedOut)
    {
        if (_registry.Agents.GetValueOrDefault(id) is not { } agent)
        {
            Activate(id, agent: null);
            return;
        }
        foreach (AgentDecision.Operate decision in agent.Open.OfType<AgentDecision.Operate>().Where(decision => decision.Number > carriedOut))
        {
            if (_allocator.Operate(id, decision.Operation, Elapsed).Problem is { } problem)
                Log.Warning("Agent {AgentId}: operator decision {Decision} cannot be applied to its resources: {Problem}", id, decision.Number, problem);
        }
        Activate(id, agent);
        _allocator.SetMaintenance(id, Away(agent), Elapsed);
    }

    private void Activate(AgentId id, RegisteredAgent? agent)
    {
        _allocator.ReactivateAgent(id, Elapsed);
        if (agent?.Drain is not null)
            _allocator.DrainAgent(id, Elapsed);
        if (agent?.IsDeactivated == true || _agents.GetValueOrDefault(id)?.Registered.IsDegraded == true)
            _allocator.DeactivateAgent(id, Elapsed);
    }

    private static Unavailability? Away(RegisteredAgent agent) =>
        agent.Unavailability ?? (agent.Drain?.Deadline is { } deadline ? new Unavailability(deadline) : null);

    private void Heard(AgentHeartbeat heartbeat)
    {
        if (heartbeat.Epoch != Epoch || !_agents.TryGetValue(heartbeat.AgentId, out AgentOnBook? entry) || entry.Registered.Incarnation != heartbeat.Incarnation)
        {
            heartbeat.Agent.Tell(new RegisterAgain(heartbeat.AgentId, Epoch));
            return;
        }
        entry.LastSeen = Elapsed;
        heartbeat.Agent.Tell(new HeartbeatSeen(heartbeat.AgentId, Epoch));
        if (heartbeat.Condition is { } condition)
            Learn(entry, condition, condition.IsDegraded);
        // What it has not carried out it may not have heard of.
        if (_registry.Agents.GetValueOrDefault(heartbeat.AgentId)?.Open is { Count: > 0 } open)
            heartbeat.Agent.Tell(new CarryOut(heartbeat.AgentId, Epoch, open));
        if (entry.LostAt is null)
            return;
        entry.LostAt = null;
        Log.Info("Agent {AgentId} is reachable again", heartbeat.AgentId);
        _allocator.MarkReachable(heartbeat.AgentId, Elapsed);
        Commit(new AgentFound(heartbeat.AgentId), () => TellStanding(heartbeat.AgentId));
        Touch();
    }

    private void Release(ReleaseResources release)
    {
        if (release.Epoch != Epoch || !_agents.TryGetValue(release.AgentId, out AgentOnBook? entry))
            return;
        entry.LastSeen = Elapsed;
        if (release.Number > entry.LastRelease)
        {
            entry.LastRelease = release.Number;
            foreach (EndedTask task in release.Tasks)
                _allocator.EndTask(task.FrameworkId, release.AgentId, task.TaskId, Elapsed);
            foreach (EndedExecutor executor in release.Executors)
            {
                if (entry.Executors.Remove((executor.FrameworkId, executor.ExecutorId)))
                    _allocator.RecoverResources(executor.FrameworkId, release.AgentId, executor.Role, executor.Resources, Elapsed);
            }
            Touch();
        }
        entry.Actor.Tell(new ReleaseSeen(release.AgentId, Epoch, release.Number));
    }

    private void Degrade(ReportDegraded report)
    {
        if (report.Epoch == Epoch && _agents.TryGetValue(report.AgentId, out AgentOnBook? entry))
            Learn(entry, report.Condition, report.IsDegraded);
    }

    /// <summary>How an agent is, by its last word. What it can start is what it is offered for; when it can start nothing it is offered to nobody.</summary>
    private void Learn(AgentOnBook entry, AgentCondition? condition, bool isDegraded)
    {
        (RegisterAgent said, AgentId id) = (entry.Registered, entry.Registered.AgentId);
        if (isDegraded == said.IsDegraded && Equals(condition, said.Condition))
            return;
        string why = condition?.Why ?? (isDegraded ? "it does not say why" : "all that runs containers works");
        if (isDegraded || condition?.Why is not null)
            Log.Warning("Agent {AgentId} {Condition}: {Reason}", id, isDegraded ? "is degraded" : "runs only some containers", why);
        else
            Log.Info("Agent {AgentId} is well again: {Reason}", id, why);
        AgentInfo info = condition is null ? said.Info : said.Info with { Kinds = condition.Kinds };
        entry.Hear(said with { IsDegraded = isDegraded, Condition = condition, Info = info });
        if (info.Kinds != said.Info.Kinds && _allocator.Agent(id) is { } booked)
            _allocator.UpdateAgent(info, booked.Total, Elapsed);
        if (isDegraded != said.IsDegraded)
            Activate(id, _registry.Agents.GetValueOrDefault(id));
        Touch();
    }

    private void Leave(LeaveCluster leave)
    {
        if (!_agents.TryGetValue(leave.AgentId, out AgentOnBook? entry) || entry.Registered.Incarnation != leave.Incarnation)
            return;
        if (_allocator.Agent(leave.AgentId) is { Used.Count: > 0 })
        {
            Lose([leave.AgentId], "it left, and tasks are on it");
            return;
        }
        _allocator.RemoveAgent(leave.AgentId, Elapsed);
        _agents.Remove(leave.AgentId);
        _interested.Remove(leave.AgentId);
        Commit(new AgentForgotten(leave.AgentId), () => Log.Info("Agent {AgentId} unregistered", leave.AgentId));
        Touch();
    }

    /// <summary>Twice in a heartbeat's interval: who has not been heard of for too long?</summary>
    private void Watch()
    {
        // When this actor itself stood still, messages of agents are still waiting in its mailbox: nobody is blamed for that.
        TimeSpan late = Elapsed - _lastWatch - _settings.HeartbeatInterval;
        _lastWatch = Elapsed;
        if (late > TimeSpan.Zero)
        {
            foreach (AgentOnBook entry in _agents.Values)
                entry.LastSeen += late;
        }
        Lose([.. _agents.Where(agent => agent.Value.LostAt is null && Elapsed - agent.Value.LastSeen > _settings.UnreachableAfter).Select(static agent => agent.Key)],
            $"nothing heard for {_settings.UnreachableAfter.TotalSeconds:0.#} s");
        _announced.Forget(Elapsed - _settings.UnreachableAfter);
        if (Elapsed > _settings.UnreachableAfter)
            LoseAll(static _ => true, "it did not come back after the failover", onlyRecovering: true);
        DrainWhatIsDue();
    }

    private void LoseAll(Func<RegisteredAgent, bool> which, string reason, bool onlyRecovering = false) => Lose(
        [
            .. _registry.Agents.Values
                .Where(agent => agent is { GoneAt: null, LostAt: null } && !(onlyRecovering && _agents.ContainsKey(agent.Id)) && which(agent))
                .Select(static agent => agent.Id),
        ],
        reason);

    private void Lose(IReadOnlyList<AgentId> agents, string reason)
    {
        DateTimeOffset now = Now;
        var facts = new List<RegistryEvent>();
        foreach (AgentId id in agents)
        {
            Log.Warning("Agent {AgentId} is unreachable: {Reason}", id, reason);
            if (_agents.TryGetValue(id, out AgentOnBook? entry))
                entry.LostAt = now;
            _allocator.MarkUnreachable(id, Elapsed);
            facts.Add(new AgentLost(id, now));
        }
        if (facts.Count == 0)
            return;
        Commit(facts, () =>
        {
            foreach (AgentId id in agents)
                TellStanding(id);
        });
        Touch();
    }

    private AgentStanding Standing(AgentId id)
    {
        RegisteredAgent? agent = _registry.Agents.GetValueOrDefault(id);
        AgentOnBook? entry = _agents.GetValueOrDefault(id);
        return agent?.GoneAt is not null ? new AgentStanding(id, AgentState.Gone)
            : entry is { LostAt: null } ? new AgentStanding(id, AgentState.Registered, entry.Actor, entry.Registration)
            : (entry?.LostAt ?? agent?.LostAt) is { } lostAt ? new AgentStanding(id, AgentState.Unreachable, Since: lostAt)
            : new AgentStanding(id, agent is null ? AgentState.Unknown : AgentState.Recovering);
    }

    /// <summary>Tells whoever has tasks there how an agent stands, once that is durable.</summary>
    private void TellStanding(AgentId id)
    {
        if (!_interested.TryGetValue(id, out HashSet<FrameworkId>? frameworks))
            return;
        AgentStanding standing = Standing(id);
        FrameworkId[] told = [.. frameworks];
        Commit([], () =>
        {
            foreach (FrameworkId framework in told)
                _around.Frameworks.Tell(new AgentStandingChanged(framework, Epoch, standing));
        });
    }

    private void Interest(AgentId agent, FrameworkId framework)
    {
        if (!_interested.TryGetValue(agent, out HashSet<FrameworkId>? frameworks))
            _interested[agent] = frameworks = [];
        frameworks.Add(framework);
    }
}
