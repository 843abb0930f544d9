using System.CommandLine;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched volume list|create|destroy</c>: persistent volumes, whose data outlives tasks and frameworks.</summary>
internal static class VolumeCommand
{
    internal static Command Create() => new("volume", "List, create and destroy persistent volumes.") { List(), Make(), Destroy() };

    private static Command List()
    {
        Argument<string> name = AgentCommand.Name();
        name.Arity = ArgumentArity.ZeroOrOne;
        name.Description += " Default: all agents.";
        return MastersFlags.Add(new Command("list", "List persistent volumes.") { name }, async (session, answers, parsed) =>
        {
            IReadOnlyList<AgentSummary> agents = parsed.GetValue(name) is { } one ? [await TaskLookup.Agent(session, one)] : await TaskLookup.Agents(session);
            answers.Table(Volumes.Of(agents), FoundVolume.Columns);
        });
    }

    private static Command Make()
    {
        Argument<string> name = AgentCommand.Name();
        Option<string> role = ReserveCommands.Role();
        var id = new Option<string>("--id") { HelpName = "ID", Description = "Id of the volume, unique among the role's volumes on the agent.", Required = true };
        var size = new Option<string>("--size") { HelpName = "MIB", Description = "Size; at least as much disk must be reserved for the role.", Required = true };
        var path = new Option<string?>("--path") { HelpName = "PATH", Description = "Mount path in containers, relative to the sandbox unless absolute. Default: the volume's id." };
        var principal = new Option<string?>("--principal") { HelpName = "NAME", Description = "Principal of the volume; disk reserved by other principals is not used." };
        var command = new Command("create", "Create a persistent volume from disk that is reserved for a role.") { name, role, id, size, path, principal };
        return MastersFlags.Add(command, async (session, answers, parsed) =>
        {
            (string owner, string volume) = (parsed.GetValue(role)!, parsed.GetValue(id)!);
            if ((Reserving.CheckRole(owner) ?? IdRules.Check("--id", volume)) is { } problem)
                throw new AschedException(ExitCode.Usage, problem.ToString());
            if (parsed.GetValue(path) is "")
                throw new AschedException(ExitCode.Usage, "--path: must not be empty; leave it out for the volume's id");
            long milli = Input.Valid(FixedPoint.Parse(parsed.GetValue(size)!, "--size"));
            if (milli <= 0)
                throw new AschedException(ExitCode.Usage, $"--size: '{parsed.GetValue(size)}' must be a number of MiB above 0");
            AgentSummary agent = await TaskLookup.Agent(session, parsed.GetValue(name)!);
            Result<Operation> planned = Volumes.Create(
                ReserveCommands.Idle(agent), owner, volume, milli, parsed.GetValue(path) ?? volume, parsed.GetValue(principal) is { Length: > 0 } maker ? maker : null);
            await ReserveCommands.Operate(session, answers, agent, planned, $"{AgentText.Name(agent)} has volume {volume} of role {owner}, {FixedPoint.Format(milli)} MiB.");
        });
    }

    private static Command Destroy()
    {
        (Argument<string> name, Option<bool> yes) = (AgentCommand.Name(), AgentCommand.Yes());
        var id = new Argument<string>("ID") { Description = "Volume id, whole." };
        var role = new Option<string?>("--role") { HelpName = "ROLE", Description = "Role of the volume; needed only if several roles have a volume of this id." };
        var command = new Command("destroy", "Delete a persistent volume with its data; its disk stays reserved.") { name, id, role, yes };
        return MastersFlags.Add(command, async (session, answers, parsed) =>
        {
            string volume = parsed.GetValue(id)!;
            AgentSummary agent = await TaskLookup.Agent(session, parsed.GetValue(name)!);
            Result<Operation> planned = Volumes.Destroy(agent, volume, parsed.GetValue(role));
            if (planned.IsOk && !parsed.GetValue(yes))
                throw new AschedException(ExitCode.Usage, $"--yes: what is in volume {volume} of {AgentText.Name(agent)} is deleted for good; confirm it");
            await ReserveCommands.Operate(session, answers, agent, planned, $"Volume {volume} of {AgentText.Name(agent)} and what was in it are deleted; its disk stays reserved.");
        });
    }
}
