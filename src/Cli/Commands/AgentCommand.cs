using System.CommandLine;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched agent ...</c>: looks at the hosts that run tasks, takes them out of service, and back.</summary>
internal static class AgentCommand
{
    internal static Command Create() => new("agent", "Show agents, and take them out of service or back into it.")
    {
        AgentListCommand.Create(), AgentShowCommand.Create(), AgentDrainCommand.Create(), Deactivate(), Reactivate(), Gone(), AgentMaintenanceCommand.Create(),
    };

    /// <summary>The argument that names an agent.</summary>
    internal static Argument<string> Name() => new("AGENT") { Description = "Agent id, a unique prefix of it, or the hostname." };

    /// <summary>The flag without which nothing is done that cannot be undone.</summary>
    internal static Option<bool> Yes() => new("--yes") { Description = "Confirm an action that cannot be undone." };

    private static Command Deactivate()
    {
        Argument<string> name = Name();
        return MastersFlags.Add(new Command("deactivate", "Stop offering an agent's resources; its running tasks go on.") { name }, async (session, answers, parsed) =>
        {
            AgentSummary agent = await TaskLookup.Agent(session, parsed.GetValue(name)!);
            var done = await session.AskAllocator<CommandDone>(new DeactivateAgent(Guid.NewGuid(), agent.Info.Id));
            answers.Say(done, $"{AgentText.Name(agent)} takes no new tasks; those there go on. 'asched agent reactivate {agent.Info.Id}' takes it back into service.");
        });
    }

    private static Command Reactivate()
    {
        Argument<string> name = Name();
        return MastersFlags.Add(new Command("reactivate", "Offer an agent's resources again, after deactivate or drain.") { name }, async (session, answers, parsed) =>
        {
            AgentSummary agent = await TaskLookup.Agent(session, parsed.GetValue(name)!);
            var done = await session.AskAllocator<CommandDone>(new ReactivateAgent(Guid.NewGuid(), agent.Info.Id));
            // That it was done does not say that the agent can take tasks: an engine may be away, or the host.
            answers.Say(done, AgentText.Reactivated(await TaskLookup.Agent(session, agent.Info.Id.Value)));
        });
    }

    private static Command Gone()
    {
        (Argument<string> name, Option<bool> yes) = (Name(), Yes());
        var command = new Command("gone", "Mark an agent as gone for good, when its host is lost: its tasks become TASK_GONE_BY_OPERATOR.") { name, yes };
        return MastersFlags.Add(command, async (session, answers, parsed) =>
        {
            AgentSummary agent = await TaskLookup.Agent(session, parsed.GetValue(name)!);
            if (!parsed.GetValue(yes))
            {
                throw new AschedException(
                    ExitCode.Usage, $"--yes: {AgentText.Name(agent)} could never come back under its id, and would lose {Words.Count(agent.Tasks, "task")}; confirm it");
            }
            var done = await session.AskAllocator<CommandDone>(new MarkAgentGone(Guid.NewGuid(), agent.Info.Id));
            answers.Say(done, $"{AgentText.Name(agent)} is gone for good{(agent.Tasks == 0 ? "" : $"; frameworks hear that {Words.Count(agent.Tasks, "task")} went with it")}.");
        });
    }
}
