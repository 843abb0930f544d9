using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker.Logs;

/// <summary>
/// Brings a container's output from the engine to its sandbox, for as long as it runs, and completely when it has ended: what was
/// followed is never trusted to be all, so it is read once more without following.
/// <code>
///   (a moment) -> following -- container ended --> reading the rest -> done
///                    ^  | engine out of reach, disk full
///                    +--+
/// </code>
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2213", Justification = "The source of the end has no timer and may be cancelled late: it is left to the collector.")]
internal sealed class LogPump : IAsyncDisposable
{
    /// <summary>Quick containers are over before following would pay.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan RetryMin = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(5);

    private readonly DockerEngine _engine;
    private readonly string _container;
    private readonly bool _hasTerminal;
    private readonly SandboxLogs _logs;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _disposed = new();
    private bool _isDisposed;

    public LogPump(DockerEngine engine, string container, bool hasTerminal, SandboxLogs logs, TimeProvider time)
    {
        (_engine, _container, _hasTerminal, _logs, _time) = (engine, container, hasTerminal, logs, time);
        Done = Task.Run(Run);
    }

    /// <summary>Ends when everything is written that there will ever be. Never fails.</summary>
    public Task Done { get; }

    /// <summary>The container has ended: what there is now is all.</summary>
    public void Finish() => _ended.Cancel();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
            return;
        await _disposed.CancelAsync();
        await Done;
        _disposed.Dispose();
    }

    private async Task Run()
    {
        using (_logs)
        {
            Open();
            await Pause(Moment);
            TimeSpan retry = RetryMin;
            while (!_disposed.IsCancellationRequested)
            {
                bool hasEnded = _ended.IsCancellationRequested;
                try
                {
                    await Read(isFollowed: !hasEnded);
                    if (hasEnded)
                        return;
                    retry = RetryMin;
                }
                catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound || IsUnreadable(e))
                {
                    return;
                }
                catch (Exception)
                {
                    // The engine is out of reach or the disk is full: both pass, and nothing is lost meanwhile.
                    _logs.Dispose();
                    retry = retry * 2 < RetryMax ? retry * 2 : RetryMax;
                }
                // A followed log that ends, though its container has not, is followed anew.
                if (!hasEnded)
                    await Pause(retry);
                else
                    await Wait(RetryMin);
            }
        }
    }

    /// <summary>Who asks for the output of a container that has begun finds it, empty as it may be.</summary>
    private void Open()
    {
        try
        {
            _logs.GoOn();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk is full: it is tried again with the first output.
            _logs.Dispose();
        }
    }

    private async Task Read(bool isFollowed)
    {
        var parameters = new ContainerLogsParameters
        {
            Follow = isFollowed, ShowStdout = true, ShowStderr = true, Timestamps = true, Since = _logs.GoOn(),
        };
        using CancellationTokenSource either = isFollowed
            ? CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token, _ended.Token)
            : CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        try
        {
            // Frames are read here, not by the client: their borders say where a time stands.
            using MultiplexedStream stream = await _engine.Client.Containers.GetContainerLogsAsync(_container, tty: true, parameters, either.Token);
            await foreach (LogEntry? entry in new LogReader(stream, _hasTerminal).Read(either.Token))
            {
                if (entry is { } written)
                    _logs.Write(written);
                else
                    _logs.Flush(isSaved: false);
            }
        }
        catch (OperationCanceledException) when (isFollowed && _ended.IsCancellationRequested)
        {
            // The rest is read without following.
        }
        finally
        {
            _logs.Flush(isSaved: true);
        }
    }

    /// <summary>Some drivers keep nothing that could be read.</summary>
    private static bool IsUnreadable(DockerApiException refusal) => EngineProblems.Words(refusal).Contains("does not support reading", StringComparison.Ordinal);

    /// <summary>Until the time is up or the container has ended.</summary>
    private async Task Pause(TimeSpan time)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token, _ended.Token);
        await Task.Delay(time, _time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Wait(TimeSpan time) => await Task.Delay(time, _time, _disposed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
