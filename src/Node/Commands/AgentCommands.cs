using System.CommandLine;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Node.Commands;

/// <summary><c>asched drain AGENT</c> and <c>asched reactivate AGENT</c>: takes an agent out of service, and back.</summary>
internal static class AgentCommands
{
    internal static Command Drain()
    {
        Argument<string> agent = Agent();
        var grace = new Option<string?>("--grace") { HelpName = "SECONDS", Description = "Longest time that a task gets to end. Default: its own." };
        var markGone = new Option<bool>("--mark-gone") { Description = "Declare the agent gone for good once it is empty; needs --yes." };
        var yes = new Option<bool>("--yes") { Description = "Confirms what cannot be undone." };
        var command = new Command("drain", "Empty an agent: no new tasks, those there are ended.") { agent, grace, markGone, yes };
        return MastersFlags.Add(command, async (session, answers, parsed) =>
        {
            AgentId id = Input.Valid(AgentId.Parse(parsed.GetValue(agent), "AGENT"));
            bool isGone = parsed.GetValue(markGone);
            if (isGone && !parsed.GetValue(yes))
                throw new AschedException(ExitCode.Usage, "--mark-gone: the agent can never come back under its id; confirm with --yes");
            TimeSpan? period = parsed.GetValue(grace) is { } text ? MastersFlags.Seconds("--grace", text) : null;
            var done = await session.AskAllocator<CommandDone>(new DrainAgent(Guid.NewGuid(), id, period, MarkGone: isGone));
            answers.Say(done, $"{id} is being emptied; 'asched agents' shows how far it is{(isGone ? "" : $", 'asched reactivate {id}' takes it back into service")}.");
        });
    }

    internal static Command Reactivate()
    {
        Argument<string> agent = Agent();
        return MastersFlags.Add(new Command("reactivate", "Give an agent new tasks again.") { agent }, async (session, answers, parsed) =>
        {
            AgentId id = Input.Valid(AgentId.Parse(parsed.GetValue(agent), "AGENT"));
            answers.Say(await session.AskAllocator<CommandDone>(new ReactivateAgent(Guid.NewGuid(), id)), $"{id} takes tasks again.");
        });
    }

    private static Argument<string> Agent() => new("AGENT") { Description = "Id of the agent." };
}
