using System.CommandLine;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched framework teardown FRAMEWORK</c>: ends a framework with all its tasks.</summary>
internal static class FrameworkTeardownCommand
{
    internal static Command Create()
    {
        (Argument<string> name, Option<bool> yes) = (FrameworkCommand.Name(), AgentCommand.Yes());
        return MastersFlags.Add(new Command("teardown", "Remove a framework for good and kill all its tasks.") { name, yes }, async (session, answers, parsed) =>
        {
            FrameworkSummary framework = await TaskLookup.Framework(session, parsed.GetValue(name)!);
            if (!parsed.GetValue(yes))
            {
                throw new AschedException(
                    ExitCode.Usage, $"--yes: {FrameworkText.Name(framework)} would end for good, with {Words.Count(framework.Tasks, "task")}; confirm it");
            }
            var done = await session.AskFramework<CommandDone>(new TearDownFramework(framework.Id, Guid.NewGuid()));
            answers.Say(done, $"{FrameworkText.Name(framework)} has ended{(framework.Tasks == 0 ? "" : $"; its {Words.Count(framework.Tasks, "task")} {(framework.Tasks == 1 ? "is" : "are")} being killed")}.");
        });
    }
}
