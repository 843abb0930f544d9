using System.CommandLine;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Model;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched agent list</c>: the hosts that run tasks.</summary>
internal static class AgentListCommand
{
    internal static Command Create() => Of(new Command("list", "List agents with their state and the resources in use."));

    internal static Command Short() => Of(new Command("agents", "Short for 'agent list'."));

    private static Command Of(Command command) => MastersFlags.Add(command, async static (session, answers, _) =>
    {
        answers.Table(
            await TaskLookup.Agents(session),
            ("AGENT", static agent => agent.Info.Id.Value),
            ("HOST", static agent => agent.Info.Hostname),
            ("STATE", AgentText.State),
            ("TASKS", static agent => $"{agent.Tasks}"),
            ("CPUS", static agent => Part(agent.Used.Quantities.Cpus, agent.Total.Quantities.Cpus)),
            ("MEM MIB", static agent => Part(agent.Used.Quantities.Mem, agent.Total.Quantities.Mem)),
            ("DISK MIB", static agent => Part(agent.Used.Quantities.Disk, agent.Total.Quantities.Disk)),
            ("NODE", static agent => agent.Node ?? "client"));
    });

    private static string Part(long used, long total) => $"{FixedPoint.Format(used)}/{FixedPoint.Format(total)}";
}
