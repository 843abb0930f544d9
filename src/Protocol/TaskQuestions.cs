using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Protocol;

// Questions about one task that only its agent can answer. They go to the framework's actor, which knows where its tasks are and
// were and passes them on; the agent answers whoever asked. What cannot be answered is answered with CommandRefused.

/// <summary>
/// Asks the agent of a task. <see cref="RunId"/> names one run for ever; null is the task's present one, else its last.
/// <see cref="AgentId"/> is needed only for tasks that their framework has forgotten.
/// </summary>
public interface ITaskQuestion : IFrameworkMessage
{
    /// <summary>Which task.</summary>
    TaskId TaskId { get; }

    /// <summary>Which run of it; null for the last.</summary>
    string? RunId { get; }

    /// <summary>On which agent; null where its framework knows it to be.</summary>
    AgentId? AgentId { get; }
}

/// <summary>Asks what is in a folder of a task's sandbox; answered with <see cref="FilesListed"/>.</summary>
/// <param name="FrameworkId">Whose task.</param>
/// <param name="TaskId">Which task.</param>
/// <param name="Path">Below the sandbox; empty for the sandbox itself.</param>
/// <param name="RunId">Which run; null for the last.</param>
/// <param name="AgentId">Where, when the framework has forgotten it.</param>
/// <param name="After">A name: only those behind it are told. Null for all, from the first.</param>
public sealed record ListFiles(
    FrameworkId FrameworkId, TaskId TaskId, string Path = "", string? RunId = null, AgentId? AgentId = null, string? After = null) : ITaskQuestion;

/// <summary>What is in a folder.</summary>
/// <param name="FrameworkId">Whose task.</param>
/// <param name="RunId">Of which run.</param>
/// <param name="Path">Which folder.</param>
/// <param name="Files">In the order of their names; at most <see cref="FileLimits.MostListed"/>.</param>
/// <param name="IsComplete">Whether no more follow.</param>
public sealed record FilesListed(FrameworkId FrameworkId, string RunId, string Path, IReadOnlyList<FileEntry> Files, bool IsComplete) : IFrameworkMessage;

/// <summary>A file or folder.</summary>
/// <param name="Name">Its name, without folders.</param>
/// <param name="IsFolder">Whether it is a folder; a link to one is none.</param>
/// <param name="Size">Bytes; 0 for a folder.</param>
/// <param name="Mode">Permissions, as in <c>-rw-r--r--</c>.</param>
/// <param name="ModifiedAt">When it was changed.</param>
public sealed record FileEntry(string Name, bool IsFolder, long Size, string Mode, DateTimeOffset ModifiedAt);

/// <summary>
/// Asks for a part of a file of a task's sandbox; answered with <see cref="FileRead"/>. To follow a file, ask again for what
/// comes after the last answer, with a wait.
/// </summary>
/// <param name="FrameworkId">Whose task.</param>
/// <param name="TaskId">Which task.</param>
/// <param name="Path">Below the sandbox, as in <c>stdout</c>.</param>
/// <param name="Offset">First byte; when negative it counts from the end, so that -1000 is the last 1,000 bytes.</param>
/// <param name="Length">Most bytes, up to <see cref="FileLimits.MostBytes"/>.</param>
/// <param name="Wait">How long the answer may wait for bytes while there are none and the task runs, up to <see cref="FileLimits.LongestWait"/>.</param>
/// <param name="RunId">Which run; null for the last.</param>
/// <param name="AgentId">Where, when the framework has forgotten it.</param>
public sealed record ReadFile(
    FrameworkId FrameworkId, TaskId TaskId, string Path, long Offset = 0, int Length = FileLimits.MostBytes, TimeSpan Wait = default, string? RunId = null,
    AgentId? AgentId = null) : ITaskQuestion;

/// <summary>A part of a file.</summary>
/// <param name="FrameworkId">Whose task.</param>
/// <param name="RunId">Of which run; the next question may name it, so that it stays with the same one.</param>
/// <param name="Path">Which file.</param>
/// <param name="Offset">Of the first byte, from the beginning. Beyond the one that was asked for when that is not kept any more: then a line begins there.</param>
/// <param name="Data">The bytes; fewer than asked for at the end.</param>
/// <param name="Size">Bytes of the whole file when it was read.</param>
/// <param name="IsLive">Whether the run had not ended: more may come.</param>
/// <param name="First">Of <c>stdout</c> and <c>stderr</c> the first byte that is kept; bytes keep their offsets when older ones go.</param>
public sealed record FileRead(
    FrameworkId FrameworkId, string RunId, string Path, long Offset, ReadOnlyMemory<byte> Data, long Size, bool IsLive, long First = 0) : IFrameworkMessage;

/// <summary>Bounds of answers about files.</summary>
public static class FileLimits
{
    /// <summary>Most bytes of one answer; below the engine's largest message also when written as text.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>Most files of one answer.</summary>
    public const int MostListed = 500;

    /// <summary>Longest that an answer waits for more.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
}

/// <summary>Asks what a task takes just now; answered with <see cref="UsageRead"/>.</summary>
/// <param name="FrameworkId">Whose task.</param>
/// <param name="TaskId">Which task; it runs.</param>
/// <param name="RunId">Which run; null for the last.</param>
/// <param name="AgentId">Where, when the framework does not know it.</param>
public sealed record GetUsage(FrameworkId FrameworkId, TaskId TaskId, string? RunId = null, AgentId? AgentId = null) : ITaskQuestion;

/// <summary>What a task takes; null where its kind of container cannot tell.</summary>
/// <param name="FrameworkId">Whose task.</param>
/// <param name="RunId">Of which run.</param>
/// <param name="At">When it was read.</param>
/// <param name="ProcessorTime">Time on processors so far; the difference of two answers is what it takes per time.</param>
/// <param name="Memory">Bytes in memory.</param>
/// <param name="MemoryLimit">Bytes that it may take.</param>
/// <param name="Processes">How many processes and threads.</param>
/// <param name="Received">Bytes from the network.</param>
/// <param name="Sent">Bytes to the network.</param>
/// <param name="DiskUsed">Bytes in its sandbox.</param>
public sealed record UsageRead(
    FrameworkId FrameworkId, string RunId, DateTimeOffset At, TimeSpan? ProcessorTime, long? Memory, long? MemoryLimit, int? Processes, long? Received,
    long? Sent, long? DiskUsed) : IFrameworkMessage;

/// <summary>
/// Runs a command in a task's container; answered with <see cref="ExecutionStarted"/>, whose session speaks with
/// <paramref name="Asker"/> from then on. It ends with the command, by <see cref="EndExecution"/>, or when the asker is gone.
/// </summary>
/// <param name="FrameworkId">Whose task.</param>
/// <param name="TaskId">Which task; it runs.</param>
/// <param name="Asker">Who gets output and end.</param>
/// <param name="Arguments">The program and its arguments.</param>
/// <param name="Environment">Variables beside the container's own.</param>
/// <param name="User">As whom; null for the container's user.</param>
/// <param name="HasInput">Whether it will be given input.</param>
/// <param name="HasTerminal">Whether it gets a terminal; its errors then come with its output.</param>
/// <param name="RunId">Which run; null for the last.</param>
/// <param name="AgentId">Where, when the framework does not know it.</param>
/// <param name="Columns">The terminal's width from the first; 0 when that is not known.</param>
/// <param name="Rows">The terminal's height from the first; 0 when that is not known.</param>
public sealed record ExecuteInTask(
    FrameworkId FrameworkId, TaskId TaskId, IActorRef Asker, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string>? Environment = null,
    string? User = null, bool HasInput = false, bool HasTerminal = false, string? RunId = null, AgentId? AgentId = null, int Columns = 0, int Rows = 0) : ITaskQuestion;

/// <summary>A command runs in a task's container.</summary>
/// <param name="FrameworkId">Whose task.</param>
/// <param name="RunId">In which run.</param>
/// <param name="Session">Takes input; see <c>ExecutionProtocol.cs</c>.</param>
public sealed record ExecutionStarted(FrameworkId FrameworkId, string RunId, IActorRef Session) : IFrameworkMessage;
