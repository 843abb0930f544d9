using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Operators;

/// <summary>How people are told of a task: its facts, and why it is as it is.</summary>
internal static class TaskText
{
    private const int ShortId = 12;

    /// <summary>Why a task is in its state: what and since when, who says so and why, its health, and how its agent stands.</summary>
    /// <param name="task">The task.</param>
    /// <param name="agent">Where it is; null when nobody knows that agent.</param>
    /// <param name="now">Wall clock.</param>
    internal static IReadOnlyList<string> Why(FoundTask task, AgentSummary? agent, DateTimeOffset now)
    {
        TaskUpdate status = task.Summary.Status;
        string where = agent is null ? $"{task.Summary.AgentId}" : AgentText.Name(agent);
        var lines = new List<string>
        {
            $"Task {task} {Verb(status.State)} {Words.TimeAgo(status.Timestamp, now)}, on {where}.",
            $"{status.State.WireName()} comes from {Source(status.Source)}{(Because(status) is { } because ? $": {because}" : "")}.",
        };
        if (Health(task.Summary) is { } health)
            lines.Add($"Its health check {health}.");
        if (status is { State: TaskState.Unreachable, UnreachableSince: { } since })
            lines.Add($"Its agent has not answered since {Words.TimeAgo(since, now)}; the task may still run there, and goes on when the agent is back.");
        // Of a task that is over, what its agent does now explains nothing.
        if (!status.State.IsTerminal())
            lines.AddRange(agent is null ? ["Nobody knows its agent any more."] : AgentText.Troubles(agent).Where(trouble => status.State != TaskState.Unreachable || agent.State != AgentState.Unreachable));
        return lines;
    }

    /// <summary>All that is known of a task, a line each.</summary>
    /// <param name="task">The task.</param>
    /// <param name="agent">Where it is; null when nobody knows that agent.</param>
    /// <param name="now">Wall clock.</param>
    internal static string Facts(FoundTask task, AgentSummary? agent, DateTimeOffset now)
    {
        (TaskInfo info, TaskUpdate status) = (task.Summary.Task, task.Summary.Status);
        return Words.Facts(
            ("task", task.Id.Value),
            ("name", info.Name),
            ("framework", $"{task.FrameworkId}{(task.Framework.Length > 0 ? $" ({task.Framework})" : "")}"),
            ("state", $"{status.State}"),
            ("since", Words.TimeAgo(status.Timestamp, now)),
            ("because", Because(status)),
            ("health", Health(task.Summary)),
            ("agent", agent is null ? $"{task.Summary.AgentId}" : AgentText.Name(agent)),
            ("role", task.Summary.Role),
            ("resources", $"{info.Resources}"),
            ("image", info.Container?.Image),
            ("command", CommandOf(info.Command)),
            ("container", status.Container?.ContainerId),
            ("addresses", status.Container is { Addresses: { Count: > 0 } addresses } ? string.Join(", ", addresses) : null),
            ("process", status.Container?.ProcessId is { } id ? $"{id}" : null),
            ("sandbox", status.Container?.Sandbox),
            ("priority", info.Priority == 0 ? null : $"{info.Priority}"),
            ("labels", info.Labels.Count == 0 ? null : string.Join(", ", info.Labels.Select(static label => label.Value is null ? label.Key : $"{label.Key}={label.Value}"))));
    }

    /// <summary>The beginning of its container's id, or a dash.</summary>
    internal static string Container(TaskUpdate status) => status.Container?.ContainerId is { } id ? id[..Math.Min(ShortId, id.Length)] : "-";

    private static string Verb(TaskState state) => state switch
    {
        TaskState.Staging => "has been waiting for its agent to start it since",
        TaskState.Starting => "has been starting since",
        TaskState.Running => "has been running since",
        TaskState.Killing => "has been ending since",
        TaskState.Unreachable => "has been unreachable since",
        TaskState.Finished => "finished at",
        TaskState.Failed => "failed at",
        TaskState.Killed => "was killed at",
        TaskState.Error => "was refused at",
        TaskState.Lost => "was lost at",
        TaskState.Dropped => "was dropped before it started at",
        TaskState.Gone => "was missing when its agent came back at",
        TaskState.GoneByOperator => "went with its agent, which was declared gone, at",
        _ => $"has been {state} since",
    };

    private static string Source(TaskSource source) => source switch
    {
        TaskSource.Master => "the masters",
        TaskSource.Agent => "its agent",
        _ => "its executor",
    };

    private static string? Because(TaskUpdate status)
    {
        string? message = status.Message is { Length: > 0 } said ? said.TrimEnd('.', '\n') : status.Reason is { } plain ? ReasonText.Of(plain) : null;
        // Most messages say the exit code themselves.
        string? code = status.ExitCode is { } number && message?.Contains($"{number}", StringComparison.Ordinal) != true ? $"exit code {number}" : null;
        string[] parts = [.. new[] { code, message }.OfType<string>()];
        return parts.Length == 0 ? null : $"{string.Join(", ", parts)}{(status.Reason is { } reason ? $" ({reason.WireName()})" : "")}";
    }

    private static string? Health(TaskSummary task) => task switch
    {
        { Task.HealthCheck: null, Status.Healthy: null } => null,
        { Status.Healthy: true } => "passes",
        { Status.Healthy: false } => "fails",
        _ => "has no result yet",
    };

    /// <summary>What a task runs, in a word or a line: a command, or what its image says.</summary>
    internal static string Command(TaskInfo task) => CommandOf(task.Command) is { Length: > 0 } command ? command : task.Container?.Image is { } image ? $"({image})" : "-";

    private static string? CommandOf(CommandInfo? command) => command is null ? null
        : command.Shell || command.Arguments is not { Count: > 0 } arguments ? command.Value
        : string.Join(' ', (string[])[.. command.Value is { } program && arguments[0] != program ? (string[])[program] : [], .. arguments]);
}
