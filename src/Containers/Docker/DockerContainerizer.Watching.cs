using ActorScheduler.Containers.Docker.Logs;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker;

/// <content>What becomes of containers that run.</content>
public sealed partial class DockerContainerizer
{
    /// <summary>
    /// The engine tells of a kill for want of memory by an event that may come after the end. Of a kill by somebody it tells before.
    /// </summary>
    private static readonly TimeSpan OutOfMemoryDelay = TimeSpan.FromMilliseconds(300);

    private const int KilledExitCode = 137;

    void IWatchObserver.Happened(string runId, string action, string? signal)
    {
        if (!_watched.TryGetValue(runId, out WatchedContainer? watched))
            return;
        switch (action)
        {
            case "oom":
                watched.IsOutOfMemory = true;
                break;
            case "kill":
                watched.WasKilled |= signal is "9" or "KILL" or KillSignal;
                break;
            default:
                // All that it wrote is with the engine now: it is read while the engine is asked how it ended.
                if (action == "die")
                    watched.Logs?.Finish();
                _ = LookAt(watched);
                break;
        }
    }

    void IWatchObserver.HolderEnded(string holder)
    {
        foreach (WatchedContainer watched in _watched.Values)
        {
            if (watched.Holder == holder && !watched.Exited.IsCompleted)
                _ = KillWithoutNetwork(watched.RunId);
        }
    }

    /// <summary>Without its network a task of a group is of no use, and cannot have it again. What cannot be killed now is with the next comparison.</summary>
    private async Task KillWithoutNetwork(string runId)
    {
        try
        {
            if (await Find(runId, CancellationToken.None) is { } found)
                await Kill(found.ID, KillSignal, CancellationToken.None);
        }
        catch (Exception)
        {
            // The engine is out of reach; Probe says so.
        }
    }

    void IWatchObserver.Listed(IReadOnlyDictionary<string, string> states)
    {
        foreach (WatchedContainer watched in _watched.Values)
        {
            if (!watched.Exited.IsCompleted && (!states.TryGetValue(watched.RunId, out string? state) || ContainerReadings.IsOver(state)))
                _ = LookAt(watched);
        }
    }

    /// <summary>The one that is watched under a run id; looks for it when it is not watched yet.</summary>
    /// <exception cref="ContainerException">There is none.</exception>
    private async Task<WatchedContainer> Watched(string runId, CancellationToken cancellation)
    {
        if (_watched.TryGetValue(runId, out WatchedContainer? known))
            return known;
        if (await Find(runId, cancellation) is not { } found || !(ContainerReadings.Runs(found) || ContainerReadings.HasRun(found)))
            throw new ContainerException($"there is no container {runId}");
        WatchedContainer watched = Follow(found, runId);
        _ = LookAt(watched);
        return watched;
    }

    /// <summary>Watches a container that was started before.</summary>
    private WatchedContainer Follow(ContainerInspectResponse container, string runId)
    {
        WatchedContainer watched = _watched.GetOrAdd(runId, static run => new WatchedContainer(run));
        watched.Holder = ContainerReadings.Label(container, ContainerLabels.Holder);
        WriteLogs(watched, container);
        _watch.Start();
        return watched;
    }

    private void WriteLogs(WatchedContainer watched, ContainerInspectResponse container) =>
        WriteLogs(watched, container.ID, container.Config?.Tty == true, ContainerReadings.Label(container, ContainerLabels.Sandbox));

    private void WriteLogs(WatchedContainer watched, string id, bool hasTerminal, string? sandbox)
    {
        if (sandbox is not null && Directory.Exists(sandbox))
            watched.Write(() => new LogPump(_engine, id, hasTerminal, new SandboxLogs(sandbox, _settings, _time), _time, attached: null));
    }

    /// <summary>Attaches to a container that has not been started, so that nothing of its output is missed.</summary>
    /// <exception cref="ContainerException">The engine is out of reach.</exception>
    private async Task Attach(WatchedContainer watched, string id, bool hasTerminal, string? sandbox)
    {
        if (sandbox is null || !Directory.Exists(sandbox))
            return;
        try
        {
            Attachment attached = await LogPump.Attach(_engine, id, hasTerminal, _time, CancellationToken.None);
            if (!watched.Write(() => new LogPump(_engine, id, hasTerminal, new SandboxLogs(sandbox, _settings, _time), _time, attached)))
                attached.Dispose();
        }
        catch (DockerApiException)
        {
            // The start says what is wrong with the container, if anything is; its log makes good for what is missed.
        }
    }

    /// <summary>Never fails: what cannot be seen now is seen with the next comparison.</summary>
    private async Task LookAt(WatchedContainer watched)
    {
        try
        {
            await watched.Look(() => Look(watched));
        }
        catch (Exception)
        {
            // The engine is out of reach; Probe says so.
        }
    }

    private async Task Look(WatchedContainer watched)
    {
        if (watched.Exited.IsCompleted)
            return;
        ContainerInspectResponse? found = await Find(watched.RunId, CancellationToken.None);
        if (found is not null && (ContainerReadings.Runs(found) || !ContainerReadings.HasRun(found)))
            return;
        if (found is null)
            await _engine.Recognize(CancellationToken.None);
        if (found is { State: { ExitCode: KilledExitCode, OOMKilled: false }, HostConfig.Memory: > 0 } && watched is { IsOutOfMemory: false, WasKilled: false })
        {
            await Task.Delay(OutOfMemoryDelay, _time);
            found = await Find(watched.RunId, CancellationToken.None) ?? found;
        }
        if (found is not null)
        {
            WriteLogs(watched, found);
            if (ContainerReadings.Label(found, ContainerLabels.FrameworkId) is { } lane)
                _engine.Ended(lane, ContainerReadings.IsCrash(found));
        }
        ContainerEnd end = found is null
            ? new ContainerEnd(null, Message: "Its container was removed by somebody else")
            : ContainerReadings.End(found, watched.IsOutOfMemory, _hostStartedAt);
        // Ports of a group are free before anybody hears that its last task has ended.
        if (watched.Holder is { } holder)
            await _holders.Release(holder, CancellationToken.None);
        await watched.End(end, _settings.LogDrain, _time);
    }
}
