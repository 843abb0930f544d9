using System.CommandLine;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using static ActorScheduler.Node.Operators.MastersSession;

namespace ActorScheduler.Node.Commands;

/// <summary><c>asched agents</c>: the hosts that run tasks.</summary>
internal static class AgentsCommand
{
    internal static Command Create() => MastersFlags.Add(new Command("agents", "List agents."), async static (session, answers, _) =>
    {
        IReadOnlyList<AgentSummary> agents = await AllPages<AgentSummary>(async last =>
        {
            var page = await session.AskAllocator<AgentsSnapshot>(new GetAgents(last?.Info.Id, PageSize));
            return (page.Agents, page.HasMore);
        });
        answers.Table(
            agents,
            ("AGENT", static agent => agent.Info.Id.Value),
            ("HOST", static agent => agent.Info.Hostname),
            ("STATE", State),
            ("TASKS", static agent => $"{agent.Tasks}"),
            ("CPUS", static agent => Part(agent.Used.PlainCpus, agent.Total.PlainCpus)),
            ("MEM MIB", static agent => Part(agent.Used.PlainMem, agent.Total.PlainMem)),
            ("DISK MIB", static agent => Part(agent.Used.PlainDisk, agent.Total.PlainDisk)),
            ("NODE", static agent => agent.Node ?? "client"));
    });

    private static string State(AgentSummary agent) =>
        agent.IsDraining ? $"{agent.State}, draining"
        : agent is { State: AgentState.Registered, IsActive: false } ? $"{agent.State}, inactive"
        : agent.IsDegraded ? $"{agent.State}, degraded"
        : $"{agent.State}";

    private static string Part(long used, long total) => $"{FixedPoint.Format(used)}/{FixedPoint.Format(total)}";
}
