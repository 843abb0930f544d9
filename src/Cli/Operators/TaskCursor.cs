using ActorScheduler.Model;

namespace ActorScheduler.Cli.Operators;

/// <summary>The last task of a list, after which the next one begins.</summary>
/// <param name="FrameworkId">Whose; null when one framework's tasks are listed.</param>
/// <param name="TaskId">Which.</param>
internal sealed record TaskCursor(FrameworkId? FrameworkId, TaskId TaskId)
{
    /// <summary>Reads <c>--after</c>.</summary>
    /// <param name="text">TASK, or FRAMEWORK/TASK.</param>
    /// <param name="isAlone">Whether one framework's tasks are listed.</param>
    internal static Result<TaskCursor> Parse(string text, bool isAlone)
    {
        const string Field = "--after";
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 && !isAlone)
            return new Problem(Field, $"'{text}' must be written FRAMEWORK/TASK where no FRAMEWORK is named");
        if (!Model.TaskId.Parse(text[(slash + 1)..], Field).TryGet(out TaskId task, out Problem? problem))
            return problem;
        if (isAlone || slash < 0)
            return new TaskCursor(null, task);
        return Model.FrameworkId.Parse(text[..slash], Field).TryGet(out FrameworkId framework, out problem) ? new TaskCursor(framework, task) : problem;
    }

    /// <summary>Whether tasks of a framework come after it.</summary>
    internal bool Comes(FrameworkId framework) => FrameworkId is not { } last || string.CompareOrdinal(framework.Value, last.Value) >= 0;

    /// <summary>The task after which those of a framework begin; null for its first.</summary>
    internal TaskId? Within(FrameworkId framework) => FrameworkId is null || FrameworkId == framework ? TaskId : null;
}
