using System.CommandLine;
using System.Globalization;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using static ActorScheduler.Cli.Operators.MastersSession;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched task list [FRAMEWORK]</c>: tasks that have not ended, or those that have.</summary>
internal static class TaskListCommand
{
    internal static Command Create() => Of(new Command("list", "List tasks of one framework or of all."));

    internal static Command Short() => Of(new Command("tasks", "Short for 'task list'."));

    private static Command Of(Command command)
    {
        Argument<string> name = FrameworkCommand.Name();
        name.Arity = ArgumentArity.ZeroOrOne;
        name.Description += " Default: all frameworks.";
        var completed = new Option<bool>("--completed") { Description = "List tasks that have ended instead of active ones." };
        var limit = new Option<int>("--limit") { HelpName = "N", Description = "List at most N tasks.", DefaultValueFactory = static _ => int.MaxValue };
        limit.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) && number < 1)
                result.AddError($"--limit: must be 1 or more, is {number}.");
        });
        var after = new Option<string?>("--after")
        {
            HelpName = "[FRAMEWORK/]TASK", Description = "Start after this task; lists are sorted by framework id, then task id.",
        };
        command.Add(name);
        command.Add(completed);
        command.Add(limit);
        command.Add(after);
        return MastersFlags.Add(command, async (session, answers, parsed) =>
        {
            string? named = parsed.GetValue(name) is { } given ? Input.Valid(FrameworkId.Parse(given, "FRAMEWORK")).Value : null;
            var start = parsed.GetValue(after) is { } text ? Input.Valid(TaskCursor.Parse(text, isAlone: named is not null)) : null;
            IReadOnlyList<FrameworkSummary> frameworks = named is null ? await TaskLookup.Frameworks(session) : [await TaskLookup.Framework(session, named)];
            // As everywhere the beginning of an id will do; one of a framework that is gone by now stays what it is.
            if (start?.FrameworkId is { } last && TaskLookup.Best(frameworks, last.Value, static one => one.Id.Value, "--after", last.Value) is { } meant)
                start = start with { FrameworkId = meant.Id };
            (IReadOnlyList<ListedTask> tasks, bool hasMore) = await Find(session, frameworks, parsed.GetValue(completed), parsed.GetValue(limit), start);
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            answers.Table(tasks, named is null ? ListedTask.ColumnsOfAll(now) : ListedTask.Columns(now));
            if (hasMore)
                parsed.InvocationConfiguration.Error.WriteLine($"There are more; --after {(named is null ? $"{tasks[^1].FrameworkId}/" : "")}{tasks[^1].Task.Id} lists them.");
        });
    }

    private static async Task<(IReadOnlyList<ListedTask> Tasks, bool HasMore)> Find(
        MastersSession session, IReadOnlyList<FrameworkSummary> frameworks, bool isCompleted, int most, TaskCursor? start)
    {
        var all = new List<ListedTask>();
        foreach (FrameworkSummary framework in frameworks.Where(framework => start?.Comes(framework.Id) ?? true))
        {
            // Whether there are more than the last that is wanted only one more can tell.
            int left = most - all.Count;
            (IReadOnlyList<TaskSummary> tasks, bool hasMore) = await Pages<TaskSummary>(Math.Max(1, left), async last =>
            {
                var page = await session.AskFramework<FrameworkSnapshot>(
                    new GetFramework(framework.Id, last?.Task.Id ?? start?.Within(framework.Id), Math.Clamp(left, 1, PageSize), isCompleted));
                return (page.Tasks, page.HasMore);
            });
            if (left == 0 && tasks.Count > 0)
                return (all, true);
            all.AddRange(tasks.Select(task => ListedTask.Of(framework, task)));
            if (hasMore)
                return (all, true);
        }
        return (all, false);
    }
}
