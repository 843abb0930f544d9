using System.Globalization;
using System.Runtime.InteropServices;
using ActorScheduler.Containers.Files;
using ActorScheduler.Containers.Output;
using ActorScheduler.Containers.Processes.Host;

namespace ActorScheduler.Containers.Processes;

/// <summary>
/// Brings what a run writes from its pipes to its files. A full disk lets the command wait, as a reader that is slow does; what
/// nobody can take when it has ended is counted.
/// </summary>
internal sealed class RunOutput
{
    /// <summary>Bytes that one stream may move before it is another's turn.</summary>
    private const int TurnBytes = 1 << 20;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Time that a full disk gets at the end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly PipeWatch _watch;
    private readonly RunPipes _pipes;
    private readonly RunFacts _facts;
    private readonly ProcessSettings _settings;
    private readonly TimeProvider _time;
    private readonly Action<string> _log;
    private readonly Stream _output;
    private readonly Stream _error;
    private readonly long _over;

    /// <summary>Begins.</summary>
    /// <param name="watch">Tells when there is something to read.</param>
    /// <param name="pipes">What is read; its owner from now on.</param>
    /// <param name="facts">Which run.</param>
    /// <param name="settings">How much is kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="files">The files, where they are open already.</param>
    /// <param name="ended">Told when the command has ended, on the watch's thread.</param>
    /// <param name="log">Told for people when the disk takes nothing.</param>
    public RunOutput(
        PipeWatch watch, RunPipes pipes, RunFacts facts, ProcessSettings settings, TimeProvider time, (OutputFile Output, OutputFile Error)? files, Action ended, Action<string> log)
    {
        (_watch, _pipes, _facts, _settings, _time, _log) = (watch, pipes, facts, settings, time, log);
        _output = new Stream("stdout", pipes.Output) { File = files?.Output };
        _error = new Stream("stderr", pipes.Error) { File = files?.Error };
        foreach (Stream stream in new[] { _output, _error })
            stream.Token = watch.Watch(stream.Pipe, () => Turn(stream));
        if (pipes.Over >= 0)
        {
            _over = watch.Watch(pipes.Over, () =>
            {
                ended();
                return PipeTurn.Over;
            });
        }
    }

    /// <summary>
    /// Nothing of the run runs any more: what it has written is brought to its files. What somebody who escaped still writes is not
    /// waited for. <see cref="Release"/> has to follow.
    /// </summary>
    /// <returns>What is missing, for people; null when nothing is.</returns>
    public async Task<string?> Drain()
    {
        await Drain(_output);
        await Drain(_error);
        long missing = _output.Missing + _error.Missing;
        string reason = _output.Trouble ?? _error.Trouble ?? "its sandbox is gone";
        return missing > 0 ? string.Create(CultureInfo.InvariantCulture, $"{missing} bytes of its output are not kept: {reason}") : null;
    }

    /// <summary>Lets the supervisor go.</summary>
    public void Release() => Close(isReleased: true);

    /// <summary>The agent ends: the run goes on without it.</summary>
    public void Leave() => Close(isReleased: false);

    private PipeTurn Turn(Stream stream)
    {
        lock (stream)
        {
            if (stream.IsClosed)
                return PipeTurn.Over;
            return Move(stream, TurnBytes).What switch
            {
                Movement.Ended => PipeTurn.Over,
                Movement.NoRoom => PipeTurn.Later,
                _ => PipeTurn.Again,
            };
        }
    }

    private async Task Drain(Stream stream)
    {
        long since = _time.GetTimestamp();
        long left = long.MaxValue;
        while (true)
        {
            lock (stream)
            {
                if (stream.IsClosed)
                    return;
                left = Math.Min(left, StreamCalls.Waiting(stream.Pipe) + (stream.File?.Held ?? 0));
                (Movement what, long bytes) = left > 0 ? Move(stream, Math.Min(left, TurnBytes)) : (Movement.Ended, 0);
                left -= bytes;
                if (what is Movement.Ended or Movement.Nothing)
                    return;
                if (what == Movement.NoRoom && _time.GetElapsedTime(since) > Patience)
                {
                    stream.Missing += left;
                    return;
                }
                if (what == Movement.Moved)
                    continue;
            }
            await Task.Delay(RetryInterval, _time);
        }
    }

    private (Movement What, long Bytes) Move(Stream stream, long most)
    {
        try
        {
            stream.File ??= OutputFile.Open(_facts.Sandbox, stream.Name, _settings.LogSize, _facts.User is { } user ? (user.UserId, user.GroupId) : null);
        }
        catch (IOException e) when (e.HResult is AtCalls.NoSuchFile or AtCalls.NotAFolder)
        {
            // The run has removed its sandbox, and writes for nobody.
            long lost = StreamCalls.Discard(stream.Pipe, OutputFile.Nowhere, most);
            stream.Missing += Math.Max(0, lost);
            return (lost > 0 ? Movement.Moved : lost == 0 ? Movement.Ended : Movement.Nothing, Math.Max(0, lost));
        }
        catch (IOException e)
        {
            return Trouble(stream, e.Message);
        }
        (Movement what, long bytes) = stream.File.MoveFrom(stream.Pipe, most, out int error);
        if (what == Movement.NoRoom)
            return Trouble(stream, Marshal.GetPInvokeErrorMessage(error));
        stream.Trouble = null;
        return (what, bytes);
    }

    private (Movement, long) Trouble(Stream stream, string reason)
    {
        if (stream.Trouble is null)
            _log($"{stream.Name} of process {_facts.RunId} cannot be written now ({reason}); it waits, and is tried again every second");
        stream.Trouble = reason;
        return (Movement.NoRoom, 0);
    }

    private void Close(bool isReleased)
    {
        if (_over != 0)
            _watch.Forget(_over);
        foreach (Stream stream in new[] { _output, _error })
        {
            lock (stream)
            {
                if (stream.IsClosed)
                    return;
                stream.IsClosed = true;
                _watch.Forget(stream.Token);
                stream.File?.Dispose();
            }
        }
        if (isReleased)
            _pipes.Release();
        _pipes.Dispose();
    }

    private sealed class Stream(string name, int pipe)
    {
        public string Name => name;

        public int Pipe => pipe;

        public OutputFile? File { get; set; }

        public long Token { get; set; }

        /// <summary>Why the disk takes nothing now; null when it does.</summary>
        public string? Trouble { get; set; }

        /// <summary>Bytes that nothing could be done with.</summary>
        public long Missing { get; set; }

        public bool IsClosed { get; set; }
    }
}
