using System.Collections.Concurrent;
using System.Net;
using ActorScheduler.Containers.Docker.Groups;
using ActorScheduler.Containers.Docker.Plan;
using ActorScheduler.Model;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker;

/// <summary>
/// Containers of a Docker engine, for tasks that name an image. Labels tell whose they are, so several agents can share an
/// engine, and all of them are found again after a crash. Stop is a signal and a wait of our own: an engine's call would last as
/// long as the task's grace.
/// </summary>
public sealed partial class DockerContainerizer : IContainerizer, IWatchObserver, IAsyncDisposable
{
    private const string KillSignal = "SIGKILL";

    /// <summary>Short of the agent's own limit for a probe, so that the reason is told and not only that it took too long.</summary>
    private static readonly TimeSpan ProbeTime = TimeSpan.FromMilliseconds(1800);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>As long as an engine takes for a start, a few times over.</summary>
    private static readonly TimeSpan RemovalPause = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, WatchedContainer> _watched = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StartAttempt> _starts = new(StringComparer.Ordinal);
    private readonly DockerSettings _settings;
    private readonly TimeProvider _time;
    private readonly DockerEngine _engine;
    private readonly EngineWatch _watch;
    private readonly ImagePulls _pulls;
    private readonly GroupHolders _holders;

    /// <summary>When the engine's host was started; null for another host than ours.</summary>
    private readonly DateTimeOffset? _hostStartedAt;

    /// <summary>A containerizer; the engine is asked for nothing yet.</summary>
    /// <param name="settings">Which engine, and how it is used.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Told for people how far pulls have got; null for nobody.</param>
    public DockerContainerizer(DockerSettings settings, TimeProvider time, Action<string>? log = null)
    {
        (_settings, _time) = (settings, time);
        if (settings.Endpoint.Scheme == "unix")
            _hostStartedAt = time.GetUtcNow() - TimeSpan.FromMilliseconds(Environment.TickCount64);
        _engine = new DockerEngine(settings, time);
        _watch = new EngineWatch(_engine, settings, time, this);
        _holders = new GroupHolders(_engine, FindByName, RemoveFromEngine);
        _pulls = new ImagePulls(_engine, settings, time, log ?? (static _ => { }));
    }

    /// <inheritdoc/>
    public string Name => "docker";

    /// <inheritdoc/>
    public ContainerKinds Kinds => ContainerKinds.Image;

    /// <inheritdoc/>
    public bool CanRun(TaskInfo task) => task.Container?.Image is { Length: > 0 };

    /// <inheritdoc/>
    public async Task<ContainerState> Inspect(string runId, CancellationToken cancellation)
    {
        if (await Find(runId, cancellation) is not { } found)
        {
            // Of a container that another engine does not have, nothing is said.
            await _engine.Recognize(cancellation);
            return new ContainerState.Absent();
        }
        if (ContainerReadings.Runs(found))
            return new ContainerState.Running(await Status(found, cancellation));
        // Created and never started: nothing has run, and starting it again goes on with it.
        if (!ContainerReadings.HasRun(found))
            return new ContainerState.Absent();
        if (ContainerReadings.Label(found, ContainerLabels.Holder) is { } holder)
            await _holders.Release(holder, cancellation);
        return new ContainerState.Ended(ContainerReadings.End(found, sawOutOfMemory: false, _hostStartedAt));
    }

    /// <inheritdoc/>
    /// <remarks>It has ended when its output is complete too, or has not become so within the time for that.</remarks>
    public async Task<ContainerEnd> WhenEnded(string runId, CancellationToken cancellation) =>
        await (await Watched(runId, cancellation)).Ended.WaitAsync(cancellation);

    /// <inheritdoc/>
    public async Task Stop(string runId, TimeSpan grace, CancellationToken cancellation)
    {
        if (await Find(runId, cancellation) is not { } found || !ContainerReadings.Runs(found))
            return;
        WatchedContainer watched = await Watched(runId, cancellation);
        if (grace > TimeSpan.Zero)
        {
            await Kill(found.ID, found.Config?.StopSignal is { Length: > 0 } signal ? signal : "SIGTERM", cancellation);
            await ((Task)watched.Exited).WaitAsync(grace, _time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
            if (watched.Exited.IsCompleted)
                return;
        }
        await Kill(found.ID, KillSignal, cancellation);
        await WaitFor(watched.Exited, _settings.ChangeTimeout, $"container {runId} was killed and has not ended", cancellation);
    }

    /// <inheritdoc/>
    public async Task Remove(string runId, CancellationToken cancellation)
    {
        if (_starts.TryGetValue(runId, out StartAttempt? attempt))
            await attempt.GiveUp(cancellation);
        if (_watched.TryGetValue(runId, out WatchedContainer? watched) && watched is { Logs: not null, Ended.IsCompleted: false })
        {
            // What it wrote until now is worth a moment.
            await Stop(runId, TimeSpan.Zero, cancellation);
            await ((Task)watched.Ended).WaitAsync(_settings.LogDrain, _time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        // Nobody waits for the removal of what has ended, and often for the start of what comes in its place.
        if (watched is { Ended.IsCompleted: true })
            await Task.Delay(RemovalPause, _time, cancellation);
        if (!await RemoveFromEngine(ContainerLabels.NameOf(runId), cancellation) && await FindByLabel(runId, cancellation) is { } renamed)
            await RemoveFromEngine(renamed, cancellation);
        if (!_watched.TryRemove(runId, out watched))
            return;
        await watched.Forget();
        if (watched.Holder is { } holder)
            await _holders.Release(holder, cancellation);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<FoundContainer>> List(AgentId agent, string? sandboxes, CancellationToken cancellation)
    {
        // Those of other agents are asked for too: only the answer tells in whose folder they work.
        string label = sandboxes is null ? $"{ContainerLabels.AgentId}={agent.Value}" : ContainerLabels.AgentId;
        var parameters = new ContainersListParameters
        {
            All = true,
            Filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [label] = true } },
        };
        IList<ContainerListResponse> all = await Asked((client, limit) => client.Containers.ListContainersAsync(parameters, limit), cancellation);
        await Sweep(all.Where(container => ContainerLabels.IsOf(container.Labels, agent, sandboxes)), cancellation);
        return
        [
            .. all.Select(container => ContainerLabels.Read(container.Labels, !ContainerReadings.MayRun(container.State), agent, sandboxes) is { } found
                ? found with { EndedBy = $"docker rm -f {container.ID[..Math.Min(container.ID.Length, 12)]}" }
                : null).OfType<FoundContainer>(),
        ];
    }

    /// <inheritdoc/>
    public async Task<ContainerUsage> Usage(string runId, CancellationToken cancellation)
    {
        var sample = new Latest<ContainerStatsResponse>();
        try
        {
            await OnContainer(
                runId,
                name => _engine.Ask(
                    async (client, limit) =>
                    {
                        await client.Containers.GetContainerStatsAsync(name, new ContainerStatsParameters { Stream = false, OneShot = true }, sample, limit);
                        return true;
                    },
                    cancellation),
                cancellation);
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            throw new ContainerException($"there is no container {runId}", e);
        }
        catch (DockerApiException e)
        {
            throw Unexpected(e);
        }
        return (sample.Value is { } value ? ContainerReadings.Usage(value, _time.GetUtcNow()) : null)
            ?? throw new ContainerException($"container {runId} does not run");
    }

    /// <inheritdoc/>
    public async Task Resize(string runId, TaskInfo task, CancellationToken cancellation)
    {
        ContainerUpdateParameters update = ContainerLimits.Of(task, _settings).ToUpdate();
        try
        {
            await OnContainer(
                runId, name => _engine.Change((client, limit) => client.Containers.UpdateContainerAsync(name, update, limit), cancellation), cancellation);
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            throw new ContainerException($"there is no container {runId}", e);
        }
        catch (DockerApiException e)
        {
            throw new ContainerException(EngineProblems.Explained(EngineProblems.Words(e), task) ?? $"the engine refuses to change the container: {EngineProblems.Sentence(e)}", e);
        }
    }

    /// <inheritdoc/>
    public async Task<IContainerSession> Execute(string runId, ContainerCommand command, CancellationToken cancellation)
    {
        ContainerInspectResponse found = await Find(runId, cancellation) ?? throw new ContainerException($"there is no container {runId}");
        bool isHere = _settings.Endpoint.Scheme == "unix";
        string? mark = command.KillsLeftovers && isHere ? $"{ContainerCommand.Marker}={Guid.NewGuid():N}" : null;
        var call = new ContainerCall(found.ID, isHere && found.State is { Pid: > 0 and <= int.MaxValue } state ? (int)state.Pid : null, command, mark);
        var parameters = new ExecParameters
        {
            Cmd = [.. command.Arguments],
            Env = [.. (command.Environment ?? new Dictionary<string, string>()).Select(static variable => $"{variable.Key}={variable.Value}"), .. mark is null ? Array.Empty<string>() : [mark]],
            User = command.User,
            AttachStdin = command.HasInput,
            AttachStdout = true,
            AttachStderr = true,
            Tty = command.HasTerminal,
            ConsoleSize = command is { HasTerminal: true, Size: { } size } ? [size.Rows, size.Columns] : null,
        };
        ContainerExecCreateResponse created = await Asked((client, limit) => client.Exec.ExecCreateContainerAsync(found.ID, parameters, limit), cancellation);
        try
        {
            MultiplexedStream stream = await Asked(
                (client, limit) => client.Exec.StartAndAttachContainerExecAsync(created.ID, command.HasTerminal, limit), cancellation);
            var session = new DockerSession(_engine, call, created.ID, stream, _time);
            // Engines before 23.0 know no first size: there it comes a moment after the command has begun.
            if (command.Size is { } first)
                _ = session.Resize(first.Columns, first.Rows, cancellation).ContinueWith(static failed => _ = failed.Exception, TaskScheduler.Default);
            return session;
        }
        catch (Exception)
        {
            // It may have begun all the same, and nobody is there who would end it.
            _ = DockerSession.Kill(_engine, call, created.ID, null);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<string?> Probe(CancellationToken cancellation) =>
        await _engine.Ping(_settings.CallTimeout < ProbeTime ? _settings.CallTimeout : ProbeTime, cancellation) ?? _watch.Trouble;

    /// <inheritdoc/>
    public Task<EngineName?> Identify(CancellationToken cancellation) => _engine.Identify(cancellation);

    /// <inheritdoc/>
    public void Bind(EngineName? engine) => _engine.Bind(engine);

    /// <inheritdoc/>
    public EngineName? Instead => _engine.Instead;

    /// <summary>Ends watching; containers go on, and who waits for the end of one is told nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        foreach (WatchedContainer watched in _watched.Values)
            await watched.Close();
        _engine.Dispose();
    }

    private async Task Kill(string container, string signal, CancellationToken cancellation)
    {
        try
        {
            await _engine.Change((client, limit) => client.Containers.KillContainerAsync(container, new ContainerKillParameters { Signal = signal }, limit), cancellation);
        }
        catch (DockerApiException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // It has ended already.
        }
        catch (DockerApiException e)
        {
            throw Unexpected(e);
        }
    }

    /// <summary>Removes a container by its name or id; false when there is none.</summary>
    private async Task<bool> RemoveFromEngine(string name, CancellationToken cancellation)
    {
        long since = _time.GetTimestamp();
        while (true)
        {
            try
            {
                await _engine.Remove(
                    (client, limit) => client.Containers.RemoveContainerAsync(name, new ContainerRemoveParameters { Force = true, RemoveVolumes = true }, limit), cancellation);
                return true;
            }
            catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
            {
                return false;
            }
            catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.Conflict && _time.GetElapsedTime(since) < _settings.ChangeTimeout)
            {
                // Somebody else removes it just now: it is over when it is gone.
                await Task.Delay(Poll, _time, cancellation);
            }
            catch (DockerApiException e)
            {
                throw Unexpected(e);
            }
        }
    }

    /// <summary>Removes what held the network of tasks that are all gone; the process died before that was done.</summary>
    private async Task Sweep(IEnumerable<ContainerListResponse> containers, CancellationToken cancellation)
    {
        foreach (string holder in containers.Select(static container => container.Labels.TryGetValue(ContainerLabels.Holds, out string? name) ? name : null).OfType<string>().ToArray())
            await _holders.Release(holder, cancellation);
    }

    /// <summary>Where a container runs; a task of a group has the addresses of its network's holder.</summary>
    private async Task<ContainerStatus> Status(ContainerInspectResponse container, CancellationToken cancellation)
    {
        ContainerStatus status = ContainerReadings.Status(container);
        return ContainerReadings.Label(container, ContainerLabels.Holder) is { } name && await FindByName(name, cancellation) is { } holder
            ? status with { Addresses = ContainerReadings.Status(holder).Addresses }
            : status;
    }

    private async Task<T> Asked<T>(Func<DockerClient, CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await _engine.Ask(call, cancellation);
        }
        catch (DockerApiException e)
        {
            throw Unexpected(e);
        }
    }

    private async Task WaitFor(Task what, TimeSpan most, string otherwise, CancellationToken cancellation)
    {
        try
        {
            await what.WaitAsync(most, _time, cancellation);
        }
        catch (TimeoutException e)
        {
            throw new ContainerException(otherwise, e);
        }
    }

    private static ContainerException Unexpected(DockerApiException refusal) => new($"the engine refuses: {EngineProblems.Sentence(refusal)}", refusal);

    private sealed class Latest<T> : IProgress<T>
        where T : class
    {
        public T? Value { get; private set; }

        public void Report(T value) => Value = value;
    }
}
