using ActorScheduler.Gateway.Operators.Contract;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ActorScheduler.Gateway.Operators;

/// <summary>Hosts that run tasks, and what is decided of them.</summary>
internal sealed class AgentsApi(Relay relay)
{
    private const string Tag = "agents";

    internal void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/agents", (CancellationToken cancellation, string? after = null, int count = 100) =>
                relay.Allocator<AgentsSnapshot>(new GetAgents(after is null ? null : new AgentId(after), count), cancellation))
            .Produces<AgentsSnapshot>().Refuses(Tag).WithSummary("A page of agents in the order of their ids.");
        Command<DrainRequest>(routes, "drain", "Empties an agent: no new tasks, those there are ended.", static (id, agent, body) =>
            new DrainAgent(id, agent, body.MaxGracePeriod, body.Deadline, body.MarkGone));
        Command<EmptyRequest>(routes, "deactivate", "No new tasks on an agent; those there go on.", static (id, agent, _) => new DeactivateAgent(id, agent));
        Command<EmptyRequest>(routes, "reactivate", "New tasks again, also after draining.", static (id, agent, _) => new ReactivateAgent(id, agent));
        Command<EmptyRequest>(routes, "gone", "Declares an agent gone for good; it can never come back under its id.", static (id, agent, _) => new MarkAgentGone(id, agent));
        Command<Operation>(routes, "operations", "Reserves, unreserves, creates or destroys: '$' says which, resources are in Mesos's form.", static (id, agent, body) =>
            new OperateOnAgent(id, agent, body));
        routes.MapPut("/agents/{agent}/maintenance", (string agent, HttpRequest request, CancellationToken cancellation) => Do<Unavailability>(
                agent, request, static (id, agent, body) => new ScheduleMaintenance(id, agent, body), cancellation))
            .Command<Unavailability>(Tag).WithSummary("Plans when an agent is away: those who have tasks there are asked to leave.");
        routes.MapDelete("/agents/{agent}/maintenance", (string agent, HttpRequest request, CancellationToken cancellation) => AgentId.Parse(agent, "agent").Then(id =>
                relay.Allocator<CommandDone>(new ScheduleMaintenance(Relay.RequestId(request), id, null), cancellation)))
            .Produces<CommandDone>().Refuses(Tag).WithSummary("The agent is not away after all.");
    }

    private void Command<T>(RouteGroupBuilder routes, string verb, string summary, Func<Guid, AgentId, T, IAllocatorMessage> command)
        where T : notnull => routes.MapPost($"/agents/{{agent}}/{verb}", (string agent, HttpRequest request, CancellationToken cancellation) => Do(agent, request, command, cancellation))
            .Command<T>(Tag).WithSummary(summary);

    private Task<IResult> Do<T>(string agent, HttpRequest request, Func<Guid, AgentId, T, IAllocatorMessage> command, CancellationToken cancellation) =>
        AgentId.Parse(agent, "agent").Then(async id =>
            await relay.Allocator<CommandDone>(command(Relay.RequestId(request), id, await Relay.Body<T>(request)), cancellation));
}
