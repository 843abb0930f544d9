using System.CommandLine;
using ActorScheduler.Node.Operators;
using ActorScheduler.Protocol;

namespace ActorScheduler.Node.Commands;

/// <summary><c>asched teardown FRAMEWORK</c>: ends a framework with all its tasks.</summary>
internal static class TeardownCommand
{
    internal static Command Create()
    {
        var name = new Argument<string>("FRAMEWORK") { Description = "Id of the framework, the beginning of it, or its name." };
        var yes = new Option<bool>("--yes") { Description = "Confirms it for a framework with more than one task." };
        return MastersFlags.Add(new Command("teardown", "End a framework for good, with all its tasks.") { name, yes }, async (session, answers, parsed) =>
        {
            FrameworkSummary framework = await TaskLookup.Framework(session, parsed.GetValue(name)!);
            if (framework.Tasks > 1 && !parsed.GetValue(yes))
                throw new AschedException(ExitCode.Usage, $"--yes: {framework.Id} ({framework.Info?.Name}) has {framework.Tasks} tasks that would end; confirm it");
            var done = await session.AskFramework<CommandDone>(new TearDownFramework(framework.Id, Guid.NewGuid()));
            answers.Say(done, $"{framework.Id} ({framework.Info?.Name}) has ended; its {framework.Tasks} tasks are being killed.");
        });
    }
}
