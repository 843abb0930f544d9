using System.Globalization;
using System.Text;

namespace ActorScheduler.Model;

/// <summary>
/// What may follow what.
/// <code>
///   STAGING -> STARTING -> RUNNING -> KILLING -> FINISHED | FAILED | KILLED
///      any of these may skip ahead; any non-terminal &lt;-> UNREACHABLE -> GONE | GONE_BY_OPERATOR | LOST
///   STAGING -> ERROR | DROPPED   (never started)
/// </code>
/// </summary>
public static class TaskStates
{
    /// <summary>Whether nothing may follow.</summary>
    public static bool IsTerminal(this TaskState state) => state switch
    {
        TaskState.Finished or TaskState.Failed or TaskState.Killed or TaskState.Error or TaskState.Lost or TaskState.Dropped
            or TaskState.Gone or TaskState.GoneByOperator => true,
        _ => false,
    };

    /// <summary>
    /// Whether a task may go from one state to the other. The same state again is allowed while not terminal: health and other
    /// details change within a state.
    /// </summary>
    public static bool CanBecome(this TaskState from, TaskState to)
    {
        // UNKNOWN is only ever an answer to a question about a task that nobody holds.
        if (from.IsTerminal() || from == TaskState.Unknown || to is TaskState.Unknown or TaskState.Staging)
            return from == to && !from.IsTerminal();
        return from switch
        {
            TaskState.Staging => true,
            TaskState.Starting => to is not (TaskState.Error or TaskState.Dropped),
            TaskState.Running => to is not (TaskState.Error or TaskState.Dropped or TaskState.Starting),
            TaskState.Killing => to is not (TaskState.Error or TaskState.Dropped or TaskState.Starting or TaskState.Running),
            // The agent is back and tells where the task has got to meanwhile.
            TaskState.Unreachable => true,
            _ => false,
        };
    }

    /// <summary>The name on the wire: <c>TASK_GONE_BY_OPERATOR</c>.</summary>
    public static string WireName(this TaskState state) => "TASK_" + Capitals(state.ToString());

    /// <summary>The name on the wire: <c>REASON_AGENT_DRAINING</c>.</summary>
    public static string WireName(this TaskReason reason) => "REASON_" + Capitals(reason.ToString())
        .Replace("FRAMEWORK_ID", "FRAMEWORKID", StringComparison.Ordinal).Replace("I_O_SWITCHBOARD", "IO_SWITCHBOARD", StringComparison.Ordinal);

    /// <summary>The name on the wire: <c>SOURCE_AGENT</c>.</summary>
    public static string WireName(this TaskSource source) => "SOURCE_" + Capitals(source.ToString());

    /// <summary>
    /// What a framework that is not PARTITION_AWARE is told instead: LOST for DROPPED, UNREACHABLE, GONE, GONE_BY_OPERATOR and
    /// UNKNOWN.
    /// </summary>
    public static TaskState WithoutPartitionAwareness(this TaskState state) =>
        state is TaskState.Dropped or TaskState.Unreachable or TaskState.Gone or TaskState.GoneByOperator or TaskState.Unknown
            ? TaskState.Lost
            : state;

    private static string Capitals(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (char c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToUpper(c, CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }
}
