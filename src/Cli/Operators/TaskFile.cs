using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Operators;

/// <summary>Reads a file of a task's sandbox, and follows it.</summary>
/// <param name="session">The way to the agent.</param>
/// <param name="task">Whose.</param>
/// <param name="agent">Where it is; null where its framework knows it to be.</param>
/// <param name="path">Below the sandbox.</param>
internal sealed class TaskFile(MastersSession session, (FrameworkId Framework, TaskId Task) task, AgentId? agent, string path)
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    // Beyond the wait: the way there and back.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(3);

    private string? _runId;

    /// <summary>Copies all there is, from an offset, and what comes until the task has ended when it is to be followed.</summary>
    /// <param name="offset">First byte; from the end when negative.</param>
    /// <param name="isFollowed">Whether to wait for more.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="AschedException">The agent refuses, or does not answer. A file that is followed is asked for until it does.</exception>
    internal async Task Copy(long offset, bool isFollowed, Action<ReadOnlyMemory<byte>> output, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            if (await Read(path, offset, isFollowed ? Wait : TimeSpan.Zero).WaitAsync(cancellation) is not { } part)
            {
                if (!isFollowed)
                    throw session.NoAnswer("agent");
                continue;
            }
            if (offset > part.Offset)
            {
                // The file is shorter than what was read: it was begun anew, and the rest stands under its old name.
                await Rest(offset, output, cancellation);
                offset = 0;
                continue;
            }
            output(part.Data);
            offset = part.Offset + part.Data.Length;
            if (part.Data.IsEmpty && !(isFollowed && part.IsLive))
                return;
        }
    }

    /// <summary>Where the last lines begin.</summary>
    /// <param name="lines">How many.</param>
    internal async Task<long> LastLines(int lines)
    {
        if (await Read(path, 0, TimeSpan.Zero, length: 0) is not { } whole)
            throw session.NoAnswer("agent");
        long end = whole.Size;
        bool isLastByte = true;
        while (end > 0)
        {
            long begin = Math.Max(0, end - FileLimits.MostBytes);
            if (await Read(path, begin, TimeSpan.Zero, (int)(end - begin)) is not { } part)
                throw session.NoAnswer("agent");
            ReadOnlySpan<byte> data = part.Data.Span;
            for (int i = data.Length - 1; i >= 0; i--)
            {
                // The end of the last line is no beginning of another one.
                if (data[i] == '\n' && !isLastByte && --lines == 0)
                    return begin + i + 1;
                isLastByte = false;
            }
            end = begin;
        }
        return 0;
    }

    private async Task Rest(long offset, Action<ReadOnlyMemory<byte>> output, CancellationToken cancellation)
    {
        while (await Read($"{path}.1", offset, TimeSpan.Zero, mayBeMissing: true).WaitAsync(cancellation) is { Data.IsEmpty: false } part && part.Offset == offset)
        {
            output(part.Data);
            offset += part.Data.Length;
        }
    }

    private async Task<FileRead?> Read(string file, long offset, TimeSpan wait, int length = FileLimits.MostBytes, bool mayBeMissing = false)
    {
        object? answer = await session.AskOnce(new ReadFile(task.Framework, task.Task, file, offset, length, wait, _runId, agent), wait + Slack);
        if (answer is CommandRefused refused && !mayBeMissing)
            throw new AschedException(ExitCode.Refused, refused.Problem.ToString());
        // One run is read, also when the task is run again meanwhile.
        if (answer is FileRead read)
            _runId ??= read.RunId;
        return answer as FileRead;
    }
}
