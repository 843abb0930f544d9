using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Operators;

/// <summary>A task in a list.</summary>
/// <param name="FrameworkId">Whose.</param>
/// <param name="Framework">That framework's name.</param>
/// <param name="Task">The task.</param>
/// <param name="AgentId">Where it is.</param>
/// <param name="Role">In which role.</param>
/// <param name="Status">How it stands.</param>
internal sealed record ListedTask(FrameworkId FrameworkId, string Framework, TaskInfo Task, AgentId AgentId, string Role, TaskUpdate Status)
{
    /// <summary>Longest command in a list: what stands out of it is in <c>task show</c>.</summary>
    private const int MostOfCommand = 60;

    /// <summary>The columns of a table of one framework's tasks.</summary>
    /// <param name="now">Wall clock: times have their age.</param>
    internal static (string Name, Func<ListedTask, string> Text)[] Columns(DateTimeOffset now) =>
    [
        ("TASK", static task => task.Task.Id.Value),
        ("NAME", static task => task.Task.Name),
        ("STATE", static task => $"{task.Status.State}"),
        ("REASON", static task => $"{task.Status.Reason}"),
        ("ROLE", static task => task.Role),
        ("AGENT", static task => task.AgentId.Value),
        ("CONTAINER", static task => TaskText.Container(task.Status)),
        ("SINCE", task => Words.TimeInList(task.Status.Timestamp, now)),
        ("RESOURCES", static task => $"{task.Task.Resources}"),
        ("COMMAND", static task => Short(TaskText.Command(task.Task))),
    ];

    /// <summary>The same for tasks of several frameworks.</summary>
    internal static (string Name, Func<ListedTask, string> Text)[] ColumnsOfAll(DateTimeOffset now) =>
        [("FRAMEWORK", static task => task.Framework.Length > 0 ? task.Framework : task.FrameworkId.Value), .. Columns(now)];

    /// <summary>A task of a framework.</summary>
    internal static ListedTask Of(FrameworkSummary framework, TaskSummary task) => new(framework.Id, framework.Info?.Name ?? "", task.Task, task.AgentId, task.Role, task.Status);

    private static string Short(string text) => text.Length > MostOfCommand ? string.Concat(text.AsSpan(0, MostOfCommand - 3), "...") : text;
}
