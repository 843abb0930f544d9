using ActorScheduler.Allocation;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;
using Akka.Event;

namespace ActorScheduler.Master.Offers;

/// <content>Frameworks: registration, and the uses of offers.</content>
internal sealed partial class AllocatorActor
{
    private readonly Dictionary<FrameworkId, FrameworkOnBook> _frameworks = [];

    private void ReceiveFrameworks()
    {
        Command<RegisterFramework>(Register);
        Command<RemoveFramework>(remove =>
        {
            _allocator.RemoveFramework(remove.FrameworkId, Elapsed);
            _frameworks.Remove(remove.FrameworkId);
            foreach (HashSet<FrameworkId> interested in _interested.Values)
                interested.Remove(remove.FrameworkId);
            Touch();
        });
        Command<UseOffers>(Use);
        Command<ReturnOffers>(back =>
        {
            if (!_frameworks.TryGetValue(back.FrameworkId, out FrameworkOnBook? framework))
                return;
            foreach (OfferId offer in back.OfferIds)
                framework.Offers.Remove(offer);
            Note(_allocator.Decline(back.FrameworkId, back.OfferIds, back.RefuseFor, Elapsed), back.FrameworkId);
        });
        Command<ReviveRoles>(revive => Note(_allocator.Revive(revive.FrameworkId, revive.Roles, Elapsed), revive.FrameworkId));
        Command<WantResources>(want => Note(_allocator.Request(want.FrameworkId, want.Role, [.. want.Sizes.Select(Size)], Elapsed), want.FrameworkId));
        Command<RelayInverseAnswer>(answer =>
        {
            foreach (InverseOfferId id in answer.InverseOfferIds)
                Note(_allocator.AnswerInverseOffer(answer.FrameworkId, id, answer.IsAccepted, answer.RefuseFor, Elapsed), answer.FrameworkId);
        });
    }

    private void Register(RegisterFramework register)
    {
        FrameworkId id = register.FrameworkId;
        FrameworkInfo info = register.Info;
        var profile = new FrameworkProfile(id, info.Roles, info.Capabilities, register.SuppressedRoles, info.Constraints, info.MinimumAllocatable);
        bool isKnown = _frameworks.TryGetValue(id, out FrameworkOnBook? framework);
        Refusal? refusal = (isKnown ? _allocator.UpdateFramework(profile, Elapsed) : _allocator.AddFramework(profile, Elapsed))
            ?? (register.IsActive ? _allocator.ActivateFramework(id, Elapsed) : _allocator.DeactivateFramework(id, Elapsed));
        if (framework is not null)
            framework.Registered = register;
        else if (refusal is null)
            _frameworks[id] = new FrameworkOnBook { Registered = register };
        foreach (AgentId agent in register.Agents)
            Interest(agent, id);
        AgentStanding[] standings = [.. register.Agents.Select(Standing)];
        // How agents stand is told once it is durable.
        Commit([], () =>
        {
            _around.Frameworks.Tell(new FrameworkRegistered(id, Epoch, refusal is null ? null : new Problem(refusal.Field, refusal.Reason), standings));
            // Its actor may be a new one that never heard of them.
            foreach (Offer[] open in register.IsActive ? framework?.Offers.Values.Chunk(NewsByFramework.MostInOne) ?? [] : [])
                _around.Frameworks.Tell(new OffersMade(id, Epoch, open));
        });
        Touch();
    }

    private void Use(UseOffers use)
    {
        if (!_frameworks.TryGetValue(use.FrameworkId, out FrameworkOnBook? framework))
        {
            _around.Frameworks.Tell(Void(use, new Problem("offer_ids[0]", $"Offer {use.OfferIds[0]} is no longer valid")));
            return;
        }
        framework.Prune(use.OldestOpen);
        if (!framework.Answers.TryGetValue(use.Number, out OffersUsed? answer))
            framework.Answers[use.Number] = answer = Perform(framework, use);
        Commit([], () => _around.Frameworks.Tell(answer));
        Touch();
    }

    private OffersUsed Perform(FrameworkOnBook framework, UseOffers use)
    {
        AgentOnBook? agent = framework.Offers.TryGetValue(use.OfferIds[0], out Offer? offer) ? _agents.GetValueOrDefault(offer.Agent.Id) : null;
        Operation[] operations = [.. use.Operations.Select(operation => WithoutRunningExecutors(operation, use.FrameworkId, agent))];
        AcceptOutcome outcome = _allocator.Accept(use.FrameworkId, use.OfferIds, operations, use.RefuseFor, Elapsed);
        foreach (OfferId id in use.OfferIds)
            framework.Offers.Remove(id);
        if (outcome.Refusal is { } refusal)
            return Void(use, new Problem(refusal.Field, refusal.Reason));
        AgentId agentId = outcome.AgentId!.Value;
        if (outcome.Launched.Count > 0)
            Interest(agentId, use.FrameworkId);
        foreach (TaskSketch task in outcome.Launched.Where(static task => task.ExecutorId is not null))
            _agents[agentId].Executors.Add((use.FrameworkId, task.ExecutorId!.Value));
        return new OffersUsed(
            use.FrameworkId, Epoch, use.Number, null, Standing(agentId), outcome.Role,
            [.. outcome.RefusedTasks.Select(refused => Refused(refused.Task, refused.Problem, _agents.GetValueOrDefault(agentId)?.Registered.Condition))],
            [.. outcome.RefusedOperations.Select(refused => new RefusedOperation(Position(refused.Operation), refused.Problem))],
            [.. outcome.Applied.Select(applied => new AppliedOperation(
                Position(applied.Operation), applied.Conversion.Consumed, applied.Conversion.Converted))]);

        // Two operations may say the same.
        int Position(Operation operation) => Array.FindIndex(operations, other => ReferenceEquals(other, operation));
    }

    /// <summary>A task whose container the agent would start but for what is wrong there just now may be tried again; others never fit it.</summary>
    private static RefusedTask Refused(TaskSketch task, Problem problem, AgentCondition? condition) =>
        problem.Field == AcceptOutcome.ContainerField && condition?.WhyNot(task.Kind) is { } trouble
            ? new RefusedTask(task.Id, problem with { Reason = trouble }, IsPassing: true)
            : new RefusedTask(task.Id, problem);

    /// <summary>An executor that runs already takes nothing more.</summary>
    private static Operation WithoutRunningExecutors(Operation operation, FrameworkId framework, AgentOnBook? agent)
    {
        var started = new HashSet<ExecutorId>();
        return operation switch
        {
            Operation.Launch launch when launch.Tasks.Any(static task => task.ExecutorId is not null) => launch with
            {
                Tasks = [.. launch.Tasks.Select(task => task.ExecutorId is { } id && (Runs(id) || !started.Add(id)) ? task with { ExecutorResources = null } : task)],
            },
            Operation.LaunchGroup { Tasks: [{ ExecutorId: { } executor }, ..] } group when Runs(executor) => group with { ExecutorResources = null },
            _ => operation,
        };

        bool Runs(ExecutorId id) => agent?.Executors.Contains((framework, id)) == true;
    }

    private OffersUsed Void(UseOffers use, Problem problem) => new(use.FrameworkId, Epoch, use.Number, problem, null, null, [], [], []);

    private static RequestedSize Size(WantedSize size) => new(size.Size, size.Count, size.Ports, size.Priority);

    /// <summary>What frameworks say about offers that have ended meanwhile is no fault of theirs.</summary>
    private void Note(Refusal? refusal, FrameworkId framework)
    {
        if (refusal is not null)
            Log.Debug("Framework {FrameworkId}: {Refusal}", framework, refusal);
        Touch();
    }
}
