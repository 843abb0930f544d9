using System.Buffers;
using System.Net;
using System.Text;
using ActorScheduler.Containers.Files;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker.Logs;

/// <summary>
/// Brings a container's output from the engine to its sandbox, for as long as it runs, and completely when it has ended. It comes by
/// an attachment that is made before the container is started: byte for byte, and a container that writes faster than the disk waits.
/// The engine's log is for what is written while nobody is attached; where that begins and ends is told by the bytes themselves.
/// <code>
///   attached before the start --> copying -- end of the stream, container ended --> done
///   found, or attachment lost --> attaching, reading the log up to it --^   | attachment lost: engine out of reach
///                                        ^---------------------------------+
/// </code>
/// </summary>
internal sealed class LogPump : IAsyncDisposable
{
    /// <summary>What comes by an attachment while the log is read, before the container has to wait.</summary>
    private const int MostAhead = 4 << 20;

    private static readonly byte[] Missing = Encoding.ASCII.GetBytes(
        "\nasched: output is missing here: it was written while nobody was attached, and the engine has not kept it\n");

    private static readonly byte[] Unreadable = Encoding.ASCII.GetBytes(
        "\nasched: output may be missing here: nobody was attached for a while, and the container's log driver cannot be read\n");

    /// <summary>The log is a moment behind the attachment.</summary>
    private static readonly TimeSpan LogMoment = TimeSpan.FromMilliseconds(250);

    /// <summary>What came by an attachment and is in the log already may still be on its way here for so long.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan DiskRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryMin = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(5);

    /// <summary>An attachment that ends with its container is at its end so soon before or after that is told.</summary>
    private static readonly TimeSpan EndMoment = TimeSpan.FromSeconds(2);

    private readonly DockerEngine _engine;
    private readonly string _container;
    private readonly bool _hasTerminal;
    private readonly SandboxLogs _logs;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _disposed = new();
    private long _progress;
    private bool _isDisposed;

    /// <summary>Begins.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">The container's id.</param>
    /// <param name="hasTerminal">Whether its output is that of a terminal.</param>
    /// <param name="logs">Where to; its owner from now on.</param>
    /// <param name="time">The clock.</param>
    /// <param name="attached">An attachment from before its start; null when there is none.</param>
    public LogPump(DockerEngine engine, string container, bool hasTerminal, SandboxLogs logs, TimeProvider time, Attachment? attached)
    {
        (_engine, _container, _hasTerminal, _logs, _time) = (engine, container, hasTerminal, logs, time);
        Done = Task.Run(() => Run(attached));
    }

    /// <summary>Ends when everything is written that there will ever be. Never fails.</summary>
    public Task Done { get; }

    /// <summary>Grows while output comes.</summary>
    public long Progress => Volatile.Read(ref _progress);

    /// <summary>Attaches to a container's output.</summary>
    public static async Task<Attachment> Attach(DockerEngine engine, string container, bool hasTerminal, TimeProvider time, CancellationToken cancellation)
    {
        string since = LogPosition.Until(time.GetUtcNow(), 0).At;
        return new Attachment(
            await engine.Ask(
                (client, limit) => client.Containers.AttachContainerAsync(
                    container, hasTerminal, new ContainerAttachParameters { Stream = true, Stdout = true, Stderr = true }, limit),
                cancellation),
            since);
    }

    /// <summary>The container has ended: what there is now is all.</summary>
    public void Finish() => _ended.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
            return;
        await _disposed.CancelAsync();
        await Done;
        _disposed.Dispose();
    }

    private async Task Run(Attachment? attached)
    {
        using (_logs)
        {
            bool isCaughtUp = attached is not null;
            TimeSpan retry = RetryMin;
            while (!_disposed.IsCancellationRequested)
            {
                try
                {
                    // Who asks for the output of a container that has begun finds it, empty as it may be.
                    await Patiently(_logs.Open);
                    bool hasEnded = _ended.Task.IsCompleted;
                    if (!hasEnded)
                        attached ??= await Attach(_engine, _container, _hasTerminal, _time, _disposed.Token);
                    if (!isCaughtUp)
                        await CatchUp(attached);
                    if (attached is null)
                        break;
                    isCaughtUp = false;
                    await Copy(attached);
                    if (await HasEnded())
                        break;
                    retry = RetryMin;
                }
                catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
                {
                    break;
                }
                catch (IOException e) when (e.HResult == AtCalls.NoSuchFile)
                {
                    // The sandbox is gone: nobody will read it.
                    break;
                }
                catch (Exception)
                {
                    // The engine is out of reach: that passes, and nothing is lost meanwhile.
                    isCaughtUp = false;
                    retry = retry * 2 < RetryMax ? retry * 2 : RetryMax;
                }
                attached?.Dispose();
                attached = null;
                if (_ended.Task.IsCompleted)
                    await Wait(RetryMin);
                else
                    await Pause(retry);
            }
            attached?.Dispose();
        }
    }

    /// <summary>Up to the end of the stream.</summary>
    private async Task Copy(Attachment attached)
    {
        while (true)
        {
            Task<MultiplexedStream.ReadResult> next = attached.Next(_disposed.Token);
            // How far it got is kept when there is time.
            if (!next.IsCompleted)
                Save();
            await Task.WhenAny(next, _ended.Task);
            // What an ended container wrote comes at once.
            (bool isError, ReadOnlyMemory<byte> data) = attached.Take(await next.WaitAsync(_ended.Task.IsCompleted ? EndMoment : Timeout.InfiniteTimeSpan, _time));
            if (data.IsEmpty)
                break;
            await Write(isError, data);
        }
        Save();
    }

    /// <summary>Writes what the log has beyond the files, up to where the attachment begins, and what has come by that.</summary>
    /// <param name="attached">Null when the container has ended: then the log has all.</param>
    private async Task CatchUp(Attachment? attached)
    {
        var ahead = new ArrayBufferWriter<byte>[] { new(), new() };
        for (long begin = _time.GetTimestamp(); ; await Wait(LogMoment))
        {
            _disposed.Token.ThrowIfCancellationRequested();
            Task<LoggedStream[]?> reading = ReadLog();
            if (attached is not null)
                await ReadAhead(attached, ahead, reading);
            LoggedStream[]? log = await reading;
            if (log is null)
            {
                await Write(false, Unreadable);
                log = [new(), new()];
            }
            foreach (LoggedStream stream in attached is null ? [] : log)
                stream.EndLine();
            string since = attached?.Since ?? "";
            // What the log has from since then stands either before the attachment or in it: what comes by that says which.
            if (attached is not null && _time.GetElapsedTime(begin) < OnItsWay && log.Where((stream, i) => !ahead[i].WrittenSpan.Contains((byte)'\n') && stream.EndsAfter(since)).Any())
                continue;
            int?[] begins = [_logs.Place(false, log[0]), _logs.Place(true, log[1])];
            int?[] ends = [.. log.Select((stream, i) => attached is null ? stream.Length : stream.Of(ahead[i].WrittenSpan, since, begins[i] ?? 0))];
            if (Array.Exists(ends, static end => end is null) && log[0].Length + log[1].Length > 0 && _time.GetElapsedTime(begin) < LongestCatchUp)
                continue;
            for (int i = 0; i < log.Length; i++)
            {
                int from = begins[i] ?? 0;
                if (begins[i] is null)
                    await Write(i == 1, Missing);
                await Write(i == 1, log[i].Bytes[from..(ends[i] ?? log[i].Length)].ToArray());
                if (ends[i] is null && log[i].Length > 0)
                    await Write(i == 1, Missing);
                await Write(i == 1, ahead[i].WrittenMemory);
            }
            Save();
            return;
        }
    }

    private async Task ReadAhead(Attachment attached, ArrayBufferWriter<byte>[] ahead, Task until)
    {
        while (!until.IsCompleted && ahead[0].WrittenCount + ahead[1].WrittenCount < MostAhead)
        {
            Task<MultiplexedStream.ReadResult> next = attached.Next(_disposed.Token);
            await Task.WhenAny(next, until);
            // The end of the stream is told once more to whoever reads on.
            if (!next.IsCompleted || (await next).Count == 0)
                return;
            (bool isError, ReadOnlyMemory<byte> data) = attached.Take(await next);
            ahead[isError ? 1 : 0].Write(data.Span);
        }
    }

    /// <summary>All that the engine's log has; null when its driver cannot be read.</summary>
    private async Task<LoggedStream[]?> ReadLog()
    {
        LoggedStream[] log = [new(), new()];
        try
        {
            var parameters = new ContainerLogsParameters { ShowStdout = true, ShowStderr = true, Timestamps = true };
            // Frames are read here, not by the client: their borders say where a time stands.
            using MultiplexedStream stream = await _engine.Client.Containers.GetContainerLogsAsync(_container, tty: true, parameters, _disposed.Token);
            await foreach (LogEntry? entry in new LogReader(stream, _hasTerminal).Read(_disposed.Token))
            {
                if (entry is not { } written)
                    continue;
                log[written.IsError ? 1 : 0].Add(written.At, written.Data.Span);
                Interlocked.Increment(ref _progress);
            }
            return log;
        }
        catch (DockerApiException e) when (EngineProblems.Words(e).Contains("does not support reading", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>Whether the end of a stream was that of its container, and not that of its engine, which then does not answer for a while.</summary>
    private async Task<bool> HasEnded()
    {
        await _ended.Task.WaitAsync(EndMoment, _time, _disposed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_ended.Task.IsCompleted)
            return true;
        ContainerInspectResponse found = await _engine.Ask((client, limit) => client.Containers.InspectContainerAsync(_container, limit), _disposed.Token);
        return !ContainerReadings.Runs(found) && ContainerReadings.HasRun(found);
    }

    /// <summary>A disk that takes nothing lets the container wait.</summary>
    private async Task Write(bool isError, ReadOnlyMemory<byte> data)
    {
        if (data.IsEmpty)
            return;
        await Patiently(() => _logs.Write(isError, data.Span));
        Interlocked.Increment(ref _progress);
    }

    private async Task Patiently(Action write)
    {
        while (true)
        {
            try
            {
                write();
                return;
            }
            catch (Exception e) when (e is UnauthorizedAccessException or IOException { HResult: not AtCalls.NoSuchFile })
            {
                await Task.Delay(DiskRetry, _time, _disposed.Token);
            }
        }
    }

    private void Save()
    {
        try
        {
            _logs.Save();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is kept a little later; what is in the files counts anyhow.
        }
    }

    /// <summary>Until the time is up or the container has ended.</summary>
    private async Task Pause(TimeSpan time) =>
        await Task.WhenAny(_ended.Task, Task.Delay(time, _time, _disposed.Token));

    private async Task Wait(TimeSpan time) => await Task.Delay(time, _time, _disposed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
