using ActorScheduler.Allocation;
using ActorScheduler.Master.Registry;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Serialization;
using Akka.Actor;
using Akka.Event;
using RefusalKind = ActorScheduler.Protocol.RefusalKind;

namespace ActorScheduler.Master.Offers;

/// <content>Operators' decisions: checked against the book, durable, then answered.</content>
internal sealed partial class AllocatorActor
{
    private void ReceiveOperators()
    {
        Command<SetQuota>(set => Decide(set, () => Refused(_allocator.SetQuota(set.Role, set.Guarantees, Limits(set.Limits), set.Force)),
            () => [new QuotaSet(set.RequestId, set.Role, set.Guarantees, set.Limits)]));
        Command<RemoveQuota>(remove => Decide(remove, () => Refused(_allocator.RemoveQuota(remove.Role)),
            () => [new QuotaRemoved(remove.RequestId, remove.Role)]));
        Command<SetWeight>(set => Decide(set, () => Refused(_allocator.SetWeight(set.Role, set.Weight)),
            () => [new WeightSet(set.RequestId, set.Role, set.Weight)]));
        Command<RemoveWeight>(remove => Decide(remove, () => Refused(_allocator.RemoveWeight(remove.Role)),
            () => [new WeightRemoved(remove.RequestId, remove.Role)]));
        Command<OperateOnAgent>(operate => Decide(operate, () => Operate(operate),
            () => [new AgentInstructed(operate.RequestId, operate.AgentId, new AgentDecision.Operate(_registry.LastInstruction + 1, operate.Operation))],
            operate.AgentId));
        Command<ScheduleMaintenance>(schedule => Decide(schedule, () => Known(schedule.AgentId),
            () => [new MaintenanceScheduled(schedule.RequestId, schedule.AgentId, schedule.Unavailability)], schedule.AgentId));
        Command<DeactivateAgent>(deactivate => Decide(deactivate, () => Known(deactivate.AgentId),
            () => [new AgentDeactivated(deactivate.RequestId, deactivate.AgentId)], deactivate.AgentId));
        Command<ReactivateAgent>(reactivate => Decide(reactivate, () => Known(reactivate.AgentId), () =>
            [
                new AgentReactivated(reactivate.RequestId, reactivate.AgentId),
                new AgentInstructed(null, reactivate.AgentId, new AgentDecision.Reactivate(_registry.LastInstruction + 1)),
            ],
            reactivate.AgentId));
        Command<DrainAgent>(drain => Decide(drain, () => Known(drain.AgentId), () => Begin(drain), drain.AgentId));
        Command<MarkAgentGone>(gone => Decide(gone, () => Known(gone.AgentId), () => [new AgentMarkedGone(gone.RequestId, gone.AgentId, Now)], gone.AgentId));
    }

    /// <summary>Carries a command out: a check that also enters it in the book, then facts, then the answer.</summary>
    private void Decide(
        ICommand command, Func<CommandRefused?> check, Func<IReadOnlyList<RegistryEvent>> facts, AgentId? agent = null)
    {
        IActorRef sender = Sender;
        long digest = WireSize.Digest(command);
        if (_registry.IsReused(command.RequestId, digest))
        {
            sender.Tell(new CommandRefused(command.RequestId, RefusalKind.Reused, new Problem("request_id", "was another command's, which was carried out; a new command needs a new one")));
            return;
        }
        if (_registry.HasDone(command.RequestId))
        {
            Commit([], () => sender.Tell(new CommandDone(command.RequestId)));
            return;
        }
        if (check() is { } refused)
        {
            sender.Tell(refused with { RequestId = command.RequestId });
            return;
        }
        IReadOnlyList<RegistryEvent> decided =
            [.. facts().Select(fact => fact is OperatorEvent { RequestId: not null } first ? first with { Digest = digest } : fact)];
        Commit(decided, () =>
        {
            sender.Tell(new CommandDone(command.RequestId));
            Log.Info("Operator: {Decision}", string.Join("; ", decided));
            if (agent is { } id)
                Enforce(id, decided);
        });
        Touch();
    }

    /// <summary>What a durable decision means for an agent that is registered now. Others hear of it when they are.</summary>
    private void Enforce(AgentId id, IReadOnlyList<RegistryEvent> decided)
    {
        if (decided.OfType<AgentMarkedGone>().Any())
        {
            Part(id);
            return;
        }
        if (!_agents.TryGetValue(id, out AgentOnBook? entry) || _registry.Agents.GetValueOrDefault(id) is not { } agent)
            return;
        AgentDecision[] instructions = [.. decided.OfType<AgentInstructed>().Select(static instructed => instructed.Decision)];
        if (decided.Any(static fact => fact is AgentDeactivated or AgentReactivated or DrainBegun))
            Activate(id, agent);
        if (decided.Any(static fact => fact is MaintenanceScheduled or DrainBegun or AgentReactivated))
            _allocator.SetMaintenance(id, Away(agent), Elapsed);
        if (instructions.Length > 0)
            entry.Actor.Tell(new CarryOut(id, Epoch, instructions));
        Touch();
    }

    private void Part(AgentId id)
    {
        _allocator.RemoveAgent(id, Elapsed);
        if (_agents.Remove(id, out AgentOnBook? entry))
            entry.Actor.Tell(new AgentRefused(id, Epoch, new Problem("agent_id", "was declared gone by an operator"), IsFinal: true));
        TellStanding(id);
        Touch();
    }

    private IReadOnlyList<RegistryEvent> Begin(DrainAgent drain)
    {
        var begun = new DrainBegun(drain.RequestId, drain.AgentId, drain.MaxGracePeriod, drain.Deadline, drain.MarkGone);
        return drain.Deadline > Now ? [begun] : [begun, Instruction(drain.AgentId, drain.MaxGracePeriod)];
    }

    private AgentInstructed Instruction(AgentId id, TimeSpan? grace) =>
        new(null, id, new AgentDecision.Drain(_registry.LastInstruction + 1, grace));

    /// <summary>Drains whose time has come: what still runs is ended.</summary>
    private void DrainWhatIsDue()
    {
        DateTimeOffset now = Now;
        foreach (RegisteredAgent agent in _registry.Agents.Values.Where(agent => agent.Drain?.Deadline is { } deadline && deadline <= now).ToArray())
        {
            if (agent.GoneAt is not null || agent.Drain!.Deadline is null)
                continue;
            RegistryEvent[] facts = [agent.Drain with { RequestId = null, Deadline = null }, Instruction(agent.Id, agent.Drain.MaxGracePeriod)];
            Commit(facts, () => Enforce(agent.Id, facts));
        }
    }

    /// <summary>Nothing runs any more on an agent that was to be emptied.</summary>
    private void Drained(AgentId id)
    {
        Log.Info("Agent {AgentId} is drained", id);
        if (_registry.Agents.GetValueOrDefault(id) is { Drain.MarkGone: true, GoneAt: null })
            Commit(new AgentMarkedGone(null, id, Now), () => Part(id));
    }

    private void CarriedOut(DecisionCarriedOut done)
    {
        if (done.Epoch != Epoch || !_agents.TryGetValue(done.AgentId, out AgentOnBook? entry))
            return;
        if (done.Problem is { } problem)
        {
            Log.Warning("Agent {AgentId} failed to carry out operator decision {Decision}: {Problem}", done.AgentId, done.Decision, problem);
            // The book is ahead of the agent: its own words put it right.
            entry.Actor.Tell(new RegisterAgain(done.AgentId, Epoch));
        }
        Commit(new InstructionSettled(done.AgentId, done.Decision), static () => { });
    }

    private CommandRefused? Operate(OperateOnAgent operate)
    {
        if (Known(operate.AgentId) is { } unknown)
            return unknown;
        if (!_agents.ContainsKey(operate.AgentId))
            return new CommandRefused(default, RefusalKind.Unavailable, new Problem("agent_id", $"'{operate.AgentId}' is not registered now"));
        return _allocator.Operate(operate.AgentId, operate.Operation, Elapsed).Problem is { } problem
            ? new CommandRefused(default, RefusalKind.Conflict, problem)
            : null;
    }

    private CommandRefused? Known(AgentId id) => _registry.Agents.GetValueOrDefault(id) switch
    {
        null => new CommandRefused(default, RefusalKind.Unknown, new Problem("agent_id", $"'{id}' is not known")),
        { GoneAt: { } at } => new CommandRefused(default, RefusalKind.Conflict, new Problem("agent_id", $"'{id}' was declared gone at {at:u}")),
        _ => null,
    };

    private static CommandRefused? Refused(Refusal? refusal) => refusal is null
        ? null
        : new CommandRefused(default, Enum.Parse<RefusalKind>(refusal.Kind == Allocation.RefusalKind.Duplicate ? nameof(RefusalKind.Conflict) : refusal.Kind.ToString()),
            new Problem(refusal.Field, refusal.Reason));
}
