using System.CommandLine;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched agent maintenance AGENT</c>: plans when an agent is away, so that frameworks leave in time.</summary>
internal static class AgentMaintenanceCommand
{
    internal static Command Create()
    {
        Argument<string> name = AgentCommand.Name();
        var start = new Option<string?>("--start") { HelpName = "TIME|SECONDS", Description = "Start of the maintenance: a time such as 2026-01-31T18:00Z, or seconds from now." };
        var duration = new Option<string?>("--duration") { HelpName = "SECONDS", Description = "How long the maintenance takes. Default: open-ended." };
        var clear = new Option<bool>("--clear") { Description = "Cancel the scheduled maintenance." };
        var command = new Command("maintenance", "Schedule maintenance of an agent: frameworks get inverse offers that ask them to leave before.") { name, start, duration, clear };
        return MastersFlags.Add(command, async (session, answers, parsed) =>
        {
            Unavailability? away = Read(parsed.GetValue(start), parsed.GetValue(duration), parsed.GetValue(clear), TimeProvider.System.GetUtcNow());
            AgentSummary agent = await TaskLookup.Agent(session, parsed.GetValue(name)!);
            var done = await session.AskAllocator<CommandDone>(new ScheduleMaintenance(Guid.NewGuid(), agent.Info.Id, away));
            answers.Say(done, away is null
                ? $"{AgentText.Name(agent)} has no maintenance planned."
                : $"{AgentText.Name(agent)} is to be away {Words.Time(away)}; its frameworks are asked to leave before. 'asched agent drain --deadline' makes them.");
        });
    }

    private static Unavailability? Read(string? start, string? duration, bool isCleared, DateTimeOffset now)
    {
        if (isCleared ? start is not null || duration is not null : start is null)
            throw new AschedException(ExitCode.Usage, "--start or --clear must be given, not both; --duration goes with --start");
        return isCleared ? null : new Unavailability(
            Input.Valid(Moment.Parse("--start", start!, now)), duration is null ? null : MastersFlags.Seconds("--duration", duration));
    }
}
