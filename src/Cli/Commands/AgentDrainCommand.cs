using System.CommandLine;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched agent drain AGENT</c>: empties an agent, now or by a moment.</summary>
internal static class AgentDrainCommand
{
    internal static Command Create()
    {
        (Argument<string> name, Option<bool> yes) = (AgentCommand.Name(), AgentCommand.Yes());
        var grace = new Option<string?>("--grace") { HelpName = "SECONDS", Description = "Upper limit of the grace period that tasks get to shut down. Default: each task's own." };
        var deadline = new Option<string?>("--deadline")
        {
            HelpName = "TIME|SECONDS", Description = "Let tasks run until this time, such as 2026-01-31T18:00Z, or seconds from now. Default: kill them now.",
        };
        var markGone = new Option<bool>("--mark-gone") { Description = "Mark the agent as gone for good once it is drained; needs --yes." };
        var command = new Command("drain", "Drain an agent: it gets no new tasks, and its running tasks are killed.") { name, grace, deadline, markGone, yes };
        return MastersFlags.Add(command, async (session, answers, parsed) =>
        {
            bool isGone = parsed.GetValue(markGone);
            if (isGone && !parsed.GetValue(yes))
                throw new AschedException(ExitCode.Usage, "--mark-gone: the agent can never come back under its id; confirm with --yes");
            TimeSpan? period = parsed.GetValue(grace) is { } seconds ? MastersFlags.Grace("--grace", seconds) : null;
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            DateTimeOffset? end = parsed.GetValue(deadline) is { } text ? Input.Valid(Moment.Parse("--deadline", text, now)) : null;
            if (end <= now)
                throw new AschedException(ExitCode.Usage, $"--deadline: {Words.Time(end.Value)} is over; leave it out to end tasks now");
            AgentSummary agent = await TaskLookup.Agent(session, parsed.GetValue(name)!);
            var done = await session.AskAllocator<CommandDone>(new DrainAgent(Guid.NewGuid(), agent.Info.Id, period, end, isGone));
            answers.Say(
                done,
                $"{AgentText.Name(agent)} is being emptied{(end is { } until ? $", its tasks may go on until {Words.Time(until)}" : "")}; 'asched agent list' shows how far it is"
                + (isGone ? "." : $", 'asched agent reactivate {agent.Info.Id}' takes it back into service."));
        });
    }
}
