using System.CommandLine;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched task show TASK</c>: all that is known of a task.</summary>
internal static class TaskShowCommand
{
    internal static Command Create()
    {
        Argument<string> name = TaskCommand.Name();
        return MastersFlags.Add(new Command("show", "Show the details of a task, also after it has ended.") { name }, async (session, answers, parsed) =>
        {
            FoundTask task = await TaskLookup.One(session, parsed.GetValue(name)!);
            AgentSummary? agent = (await TaskLookup.Agents(session)).FirstOrDefault(one => one.Info.Id == task.Summary.AgentId);
            answers.Say(task, TaskText.Facts(task, agent, TimeProvider.System.GetUtcNow()));
        });
    }
}
