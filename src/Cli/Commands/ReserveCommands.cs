using System.CommandLine;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched reserve AGENT RESOURCES</c> and <c>asched unreserve AGENT RESOURCES</c>: sets an agent's resources aside for a role, and gives them back.</summary>
internal static class ReserveCommands
{
    internal static Command Reserve()
    {
        (Argument<string> name, Argument<string> resources, Option<string> role, Option<string?> principal) = (AgentCommand.Name(), Amounts(), Role(), Principal("Principal recorded in the reservation."));
        var refine = new Option<bool>("--refine") { Description = "Refine resources that are reserved for a parent of ROLE, nearest first, instead of reserving unreserved ones." };
        var command = new Command("reserve", "Reserve unused resources of an agent for a role.") { name, resources, role, principal, refine };
        return MastersFlags.Add(command, async (session, answers, parsed) =>
        {
            (string owner, Resources wanted) = Read(parsed.GetValue(role)!, parsed.GetValue(resources)!);
            AgentSummary agent = await TaskLookup.Agent(session, parsed.GetValue(name)!);
            await Operate(session, answers, agent, Reserving.Reserve(Idle(agent), wanted, owner, NullIfEmpty(parsed.GetValue(principal)), parsed.GetValue(refine)),
                $"{wanted} of {AgentText.Name(agent)} {(Verb(wanted))} reserved for {owner}.");
        });
    }

    internal static Command Unreserve()
    {
        (Argument<string> name, Argument<string> resources, Option<string> role, Option<string?> principal) =
            (AgentCommand.Name(), Amounts(), Role(), Principal("Principal of the reservation, '' for none. Default: any, if all have the same."));
        var command = new Command("unreserve", "Release unused resources of an agent that are reserved for a role.") { name, resources, role, principal };
        return MastersFlags.Add(command, async (session, answers, parsed) =>
        {
            (string owner, Resources wanted) = Read(parsed.GetValue(role)!, parsed.GetValue(resources)!);
            AgentSummary agent = await TaskLookup.Agent(session, parsed.GetValue(name)!);
            await Operate(session, answers, agent, Reserving.Unreserve(Idle(agent), wanted, owner, parsed.GetValue(principal)),
                $"{wanted} of {AgentText.Name(agent)} {Verb(wanted)} no longer reserved for {owner}.");
        });
    }

    /// <summary>The option that names a role.</summary>
    internal static Option<string> Role() => new("--role") { HelpName = "ROLE", Description = "Role, such as eng or eng/web.", Required = true };

    /// <summary>What no task uses: what is offered is taken back when it is needed.</summary>
    internal static Resources Idle(AgentSummary agent) => agent.Total.SubtractOrEmpty(agent.Used);

    /// <summary>Has the masters carry out what was worked out, or says why it cannot be.</summary>
    internal static async Task Operate(MastersSession session, Answers answers, AgentSummary agent, Result<Operation> planned, string sentence)
    {
        // The command line was in order; what the agent has is not what it takes.
        if (!planned.TryGet(out Operation? operation, out Problem? problem))
            throw new AschedException(ExitCode.Refused, problem.ToString());
        answers.Say(await session.AskAllocator<CommandDone>(new OperateOnAgent(Guid.NewGuid(), agent.Info.Id, operation)), sentence);
    }

    private static string? NullIfEmpty(string? text) => text is { Length: > 0 } ? text : null;

    private static string Verb(Resources resources) => resources.Objects().Skip(1).Any() ? "are" : "is";

    private static Argument<string> Amounts() => new("RESOURCES") { Description = "Amounts, such as 'cpus:2;mem:1024;ports:[31000-31010]'." };

    private static Option<string?> Principal(string description) => new("--principal") { HelpName = "NAME", Description = description };

    private static (string Role, Resources Wanted) Read(string role, string resources)
    {
        if (Reserving.CheckRole(role) is { } problem)
            throw new AschedException(ExitCode.Usage, problem.ToString());
        return (role, Input.Valid(Reserving.Wanted(resources)));
    }
}
