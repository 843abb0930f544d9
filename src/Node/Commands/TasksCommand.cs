using System.CommandLine;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using static ActorScheduler.Node.Operators.MastersSession;

namespace ActorScheduler.Node.Commands;

/// <summary><c>asched tasks FRAMEWORK</c>: its tasks that have not ended, or those that have.</summary>
internal static class TasksCommand
{
    internal static Command Create()
    {
        var framework = new Argument<string>("FRAMEWORK") { Description = "Id of the framework." };
        var completed = new Option<bool>("--completed") { Description = "Tasks that have ended, instead of the others." };
        var command = new Command("tasks", "List a framework's tasks.") { framework, completed };
        return MastersFlags.Add(command, async (session, answers, parsed) =>
        {
            FrameworkId id = Input.Valid(FrameworkId.Parse(parsed.GetValue(framework), "FRAMEWORK"));
            bool isKnown = true;
            IReadOnlyList<TaskSummary> tasks = await AllPages<TaskSummary>(async last =>
            {
                var page = await session.AskFramework<FrameworkSnapshot>(new GetFramework(id, last?.Task.Id, Completed: parsed.GetValue(completed)));
                isKnown &= page.Info is not null;
                return (page.Tasks, page.HasMore);
            });
            if (!isKnown)
                throw new AschedException(ExitCode.Refused, $"FRAMEWORK: there is none of the id '{id}'");
            answers.Table(
                tasks,
                ("TASK", static task => task.Task.Id.Value),
                ("NAME", static task => task.Task.Name),
                ("STATE", static task => $"{task.Status.State}"),
                ("REASON", static task => $"{task.Status.Reason}"),
                ("ROLE", static task => task.Role),
                ("AGENT", static task => task.AgentId.Value),
                ("RESOURCES", static task => $"{task.Task.Resources}"));
        });
    }
}
