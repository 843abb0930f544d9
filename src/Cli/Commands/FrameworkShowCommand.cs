using System.CommandLine;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched framework show FRAMEWORK</c>: one framework with the first of its tasks.</summary>
internal static class FrameworkShowCommand
{
    private const int MostTasks = 20;

    internal static Command Create()
    {
        Argument<string> name = FrameworkCommand.Name();
        return MastersFlags.Add(new Command("show", "Show the details of a framework and its first tasks.") { name }, async (session, answers, parsed) =>
        {
            FrameworkSummary framework = await TaskLookup.Framework(session, parsed.GetValue(name)!);
            var book = await session.AskFramework<FrameworkSnapshot>(new GetFramework(framework.Id, Count: MostTasks));
            answers.Say(
                new FrameworkShown(framework, book.IsConnected, book.DisconnectedSince, book.Live, book.Unacknowledged, book.Tasks),
                FrameworkText.Facts(framework, book, TimeProvider.System.GetUtcNow()));
            if (book.Tasks.Count == 0 || answers.IsJson)
                return;
            answers.Text("");
            answers.Table([.. book.Tasks.Select(task => ListedTask.Of(framework, task))], ListedTask.Columns(TimeProvider.System.GetUtcNow()));
            if (book.HasMore)
                answers.Text($"There are more; 'asched task list {framework.Id}' lists them.");
        });
    }
}
