using System.Diagnostics;
using System.Globalization;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Operators;

/// <summary>
/// Reads a file of a task's sandbox, and follows it. Bytes of a task's output keep their places, so a place survives whatever becomes
/// of nodes, masters and agent; what is not kept any more at a place is told, and never passed over in silence.
/// </summary>
/// <param name="session">The way to the agent.</param>
/// <param name="task">Whose.</param>
/// <param name="agent">Where it is; null where its framework knows it to be.</param>
/// <param name="path">Below the sandbox.</param>
/// <param name="say">Told a sentence when bytes are missing.</param>
internal sealed class TaskFile(MastersSession session, (FrameworkId Framework, TaskId Task) task, AgentId? agent, string path, Action<string> say)
{
    /// <summary>Most bytes of one answer: each costs a request, and holds the node for as long as we take to read it.</summary>
    private const int MostAtOnce = 64 << 20;

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    // Beyond the wait: the way there and back.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(200);

    /// <summary>Time that the agent of a task that has ended gets to answer, or to be there again, before the rest is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan TellAgain = TimeSpan.FromSeconds(10);

    /// <summary>Silence of an agent after which that is told, and it is looked whether the task has ended meanwhile.</summary>
    private static readonly TimeSpan LookAfter = TimeSpan.FromSeconds(10);

    private string? _runId;
    private long _missing;
    private long _kept;
    private long? _toldAt;
    private bool _isAtLine = true;

    /// <summary>Copies all there is, from an offset, and what comes until the task has ended when it is to be followed.</summary>
    /// <param name="offset">First byte; from the end when negative.</param>
    /// <param name="isFollowed">Whether to wait for more.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="ended">Completes when the task is known to have ended: then nothing is asked for that nobody answers.</param>
    /// <param name="hasEnded">Looks whether it has; asked now and then while its agent does not answer.</param>
    /// <exception cref="AschedException">The agent refuses, or does not answer. A file that is followed is asked for until it does.</exception>
    internal async Task Copy(long offset, bool isFollowed, Action<ReadOnlyMemory<byte>> output, CancellationToken cancellation, Task? ended = null, Func<Task<bool>>? hasEnded = null)
    {
        try
        {
            await CopyAll(offset, isFollowed, output, () => ended?.IsCompleted == true, hasEnded, cancellation);
        }
        finally
        {
            TellMissing(kept: 0, isAll: true);
        }
    }

    private async Task CopyAll(
        long offset, bool isFollowed, Action<ReadOnlyMemory<byte>> output, Func<bool> isEnded, Func<Task<bool>>? look, CancellationToken cancellation)
    {
        // The last answer, or the end when that came later: an agent may be away while its task ends, and be told of when it is back.
        long heardAt = Stopwatch.GetTimestamp();
        long lookedAt = heardAt;
        bool hadEnded = false, isTold = false;
        while (true)
        {
            bool hasEnded = hadEnded || isEnded();
            if (hasEnded && !hadEnded)
                (hadEnded, heardAt) = (true, Stopwatch.GetTimestamp());
            long before = offset;
            TimeSpan wait = isFollowed && !hasEnded ? Wait : TimeSpan.Zero;
            object? answer = await session.ReadOnce(
                new ReadFile(task.Framework, task.Task, path, offset, MostAtOnce, wait, _runId, agent), part => Take(part, ref offset, output), wait + Slack, cancellation);
            if (answer is FileRead begin)
            {
                // One run is read, also when the task is run again meanwhile.
                _runId ??= begin.RunId;
                (heardAt, isTold) = (Stopwatch.GetTimestamp(), false);
                if (offset != before)
                    continue;
                if (begin.Size < offset)
                {
                    say(string.Create(CultureInfo.InvariantCulture, $"{path} was cut by the task from {offset} to {begin.Size} bytes; what it writes from there on follows"));
                    offset = begin.Size;
                }
                else if (!isFollowed || !begin.IsLive || hasEnded)
                    return;
                continue;
            }
            if (!isFollowed || answer is CommandRefused { Kind: not (RefusalKind.Unavailable or RefusalKind.LimitReached) })
                throw answer is CommandRefused refused ? new AschedException(ExitCode.Refused, refused.Problem.ToString()) : session.NoAnswer("agent");
            if (hadEnded && Stopwatch.GetElapsedTime(heardAt) > Patience)
                throw new AschedException(ExitCode.NoAnswer, $"its agent does not answer any more; {offset} bytes have come");
            if (Stopwatch.GetElapsedTime(Math.Max(heardAt, lookedAt)) > LookAfter)
            {
                if (!isTold)
                    say("its agent does not answer; it is asked until it does");
                (isTold, lookedAt) = (true, Stopwatch.GetTimestamp());
                if (!hadEnded && look is not null && await look())
                    (hadEnded, heardAt) = (true, lookedAt);
            }
            await Task.Delay(AskAgain, TimeProvider.System, cancellation);
        }
    }

    /// <summary>Where the last lines begin.</summary>
    /// <param name="lines">How many.</param>
    internal async Task<long> LastLines(int lines)
    {
        if (await Read(0, length: 0) is not { } whole)
            throw session.NoAnswer("agent");
        long end = lines > 0 ? whole.Size : whole.First;
        bool isLastByte = true;
        while (end > whole.First)
        {
            // From before the kept bytes: then the answer begins with a line.
            long begin = Math.Max(Math.Max(0, whole.First - 1), end - FileLimits.MostBytes);
            if (await Read(begin, (int)(end - begin)) is not { } part)
                throw session.NoAnswer("agent");
            ReadOnlySpan<byte> data = part.Data.Span;
            for (int i = data.Length - 1; i >= 0; i--)
            {
                // The end of the last line is no beginning of another one.
                if (data[i] == '\n' && !isLastByte && --lines == 0)
                    return part.Offset + i + 1;
                isLastByte = false;
            }
            // What was before is not kept any more.
            if (part.Offset > begin)
                return part.Offset;
            end = begin;
        }
        return lines > 0 ? whole.First : whole.Size;
    }

    private void Take(FileRead part, ref long offset, Action<ReadOnlyMemory<byte>> output)
    {
        if (offset >= 0 && part.Offset > offset)
        {
            _missing += part.Offset - offset;
            TellMissing(part.Size - part.First, isAll: false);
            // The line before has lost its end, and is no part of the next one.
            if (!_isAtLine)
                output("\n"u8.ToArray());
            _isAtLine = true;
        }
        // A part that begins earlier is of a file that has become shorter.
        if (part.Offset < offset)
            return;
        offset = part.Offset + part.Data.Length;
        if (part.Data.IsEmpty)
            return;
        output(part.Data);
        _isAtLine = part.Data.Span[^1] == '\n';
    }

    /// <summary>A reader that cannot keep up loses its place again and again: that is told now and then, and at the end.</summary>
    private void TellMissing(long kept, bool isAll)
    {
        _kept = kept > 0 ? kept : _kept;
        if (_missing == 0 || !isAll && _toldAt is { } at && Stopwatch.GetElapsedTime(at) < TellAgain)
            return;
        say(string.Create(CultureInfo.InvariantCulture, $"{_missing} bytes of its {path} are not kept any more (of what it writes the last {_kept} are)"));
        (_missing, _toldAt) = (0, Stopwatch.GetTimestamp());
    }

    private async Task<FileRead?> Read(long offset, int length)
    {
        object? answer = await session.AskOnce(new ReadFile(task.Framework, task.Task, path, offset, length, TimeSpan.Zero, _runId, agent), Slack);
        if (answer is CommandRefused refused)
            throw new AschedException(ExitCode.Refused, refused.Problem.ToString());
        if (answer is FileRead read)
            _runId ??= read.RunId;
        return answer as FileRead;
    }
}
