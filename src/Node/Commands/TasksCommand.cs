using System.CommandLine;
using System.Globalization;
using ActorScheduler.Model;
using ActorScheduler.Node.Operators;
using ActorScheduler.Protocol;
using static ActorScheduler.Node.Operators.MastersSession;

namespace ActorScheduler.Node.Commands;

/// <summary><c>asched tasks FRAMEWORK</c>: its tasks that have not ended, or those that have.</summary>
internal static class TasksCommand
{
    internal static Command Create()
    {
        var framework = new Argument<string>("FRAMEWORK") { Description = "Id of the framework, the beginning of it, or its name." };
        var completed = new Option<bool>("--completed") { Description = "Tasks that have ended, instead of the others." };
        var limit = new Option<int>("--limit") { HelpName = "N", Description = "Most tasks to list.", DefaultValueFactory = static _ => int.MaxValue };
        limit.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) && number < 1)
                result.AddError($"--limit: must be 1 or more, is {number}.");
        });
        var after = new Option<string?>("--after") { HelpName = "TASK", Description = "List tasks whose ids come after this one; ids are in alphabetical order." };
        var command = new Command("tasks", "List a framework's tasks.") { framework, completed, limit, after };
        return MastersFlags.Add(command, async (session, answers, parsed) =>
        {
            FrameworkId id = (await TaskLookup.Framework(session, Input.Valid(FrameworkId.Parse(parsed.GetValue(framework), "FRAMEWORK")).Value)).Id;
            int most = parsed.GetValue(limit);
            TaskId? begin = parsed.GetValue(after) is { } text ? Input.Valid(TaskId.Parse(text, "--after")) : null;
            (IReadOnlyList<TaskSummary> tasks, bool hasMore) = await Pages<TaskSummary>(most, async last =>
            {
                var page = await session.AskFramework<FrameworkSnapshot>(
                    new GetFramework(id, last?.Task.Id ?? begin, Math.Min(most, PageSize), parsed.GetValue(completed)));
                return (page.Tasks, page.HasMore);
            });
            answers.Table(
                tasks,
                ("TASK", static task => task.Task.Id.Value),
                ("NAME", static task => task.Task.Name),
                ("STATE", static task => $"{task.Status.State}"),
                ("REASON", static task => $"{task.Status.Reason}"),
                ("ROLE", static task => task.Role),
                ("AGENT", static task => task.AgentId.Value),
                ("CONTAINER", static task => task.Status.Container?.ContainerId is { } id ? id[..Math.Min(12, id.Length)] : "-"),
                ("SINCE", static task => task.Status.Timestamp.ToString("HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
                ("RESOURCES", static task => $"{task.Task.Resources}"));
            if (hasMore)
                parsed.InvocationConfiguration.Error.WriteLine($"There are more; --after {tasks[^1].Task.Id} lists them.");
        });
    }
}
