using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Master.Frameworks;

/// <summary>Answers to questions about tasks, as Mesos gives them. They have no uuid and are not acknowledged.</summary>
internal static class Reconciliation
{
    private const string Latest = "Reconciliation: Latest task state";

    /// <summary>The answers that can be given now; tasks on agents that are not heard of yet get none.</summary>
    /// <param name="book">What is known.</param>
    /// <param name="questions">Which tasks; none: all that have not ended.</param>
    /// <param name="standings">How agents stand.</param>
    /// <param name="now">Wall clock.</param>
    public static IReadOnlyList<TaskUpdate> Answer(
        FrameworkBook book, IReadOnlyList<TaskQuestion> questions, IReadOnlyDictionary<AgentId, AgentStanding> standings, DateTimeOffset now) =>
        questions.Count == 0
            ? [.. book.Tasks.Values.Where(static task => !task.HasEnded).Select(task => Known(task, now))]
            : [.. questions.Select(question => book.Find(question.TaskId) is { } task ? Known(task, now) : Stranger(book, question, standings, now))
                .OfType<TaskUpdate>()];

    private static TaskUpdate Known(TaskEntry task, DateTimeOffset now) => task.Status with
    {
        Source = TaskSource.Master, Reason = TaskReason.Reconciliation, Message = Latest, AgentId = task.AgentId ?? task.Status.AgentId,
        Timestamp = now, Uuid = null,
    };

    private static TaskUpdate? Stranger(
        FrameworkBook book, TaskQuestion question, IReadOnlyDictionary<AgentId, AgentStanding> standings, DateTimeOffset now)
    {
        AgentStanding? agent = question.AgentId is { } id ? standings.GetValueOrDefault(id) : null;
        (TaskState State, string Message)? answer = agent?.State switch
        {
            AgentState.Recovering => null,
            AgentState.Registered => (TaskState.Gone, "Reconciliation: Task is unknown to the agent"),
            AgentState.Unreachable => (TaskState.Unreachable, "Reconciliation: Agent is unreachable"),
            AgentState.Gone => (TaskState.GoneByOperator, "Reconciliation: Agent has been marked gone by operator"),
            _ => (TaskState.Unknown, "Reconciliation: Task is unknown"),
        };
        return answer is null
            ? null
            : new TaskUpdate(
                question.TaskId, book.Shown(answer.Value.State), TaskSource.Master, TaskReason.Reconciliation, answer.Value.Message, question.AgentId,
                Timestamp: now, UnreachableSince: answer.Value.State == TaskState.Unreachable ? agent!.Since : null);
    }
}
