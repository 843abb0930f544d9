using ActorScheduler.Agent.Containers.Docker.Logs;
using Docker.DotNet.Models;

namespace ActorScheduler.Agent.Containers.Docker;

/// <content>What becomes of containers that run.</content>
public sealed partial class DockerContainerizer
{
    /// <summary>The engine tells of a kill for want of memory by an event that may come after the end.</summary>
    private static readonly TimeSpan OutOfMemoryDelay = TimeSpan.FromMilliseconds(300);

    private const int KilledExitCode = 137;

    void IWatchObserver.Happened(string runId, string action)
    {
        if (!_watched.TryGetValue(runId, out WatchedContainer? watched))
            return;
        if (action == "oom")
            watched.IsOutOfMemory = true;
        else
            _ = LookAt(watched);
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
        WatchedContainer watched = _watched.GetOrAdd(runId, static run => new WatchedContainer(run));
        WriteLogs(watched, found);
        _watch.Start();
        _ = LookAt(watched);
        return watched;
    }

    private void WriteLogs(WatchedContainer watched, ContainerInspectResponse container)
    {
        if (ContainerReadings.Label(container, ContainerLabels.Sandbox) is { } sandbox && Directory.Exists(sandbox))
            watched.Write(() => new LogPump(_engine, container.ID, container.Config?.Tty == true, new SandboxLogs(sandbox, _settings, _time), _time));
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
        if (found is { State: { ExitCode: KilledExitCode, OOMKilled: false }, HostConfig.Memory: > 0 } && !watched.IsOutOfMemory)
        {
            await Task.Delay(OutOfMemoryDelay, _time);
            found = await Find(watched.RunId, CancellationToken.None) ?? found;
        }
        if (found is not null)
            WriteLogs(watched, found);
        ContainerEnd end = found is null
            ? new ContainerEnd(null, Message: "Its container was removed by somebody else")
            : ContainerReadings.End(found, watched.IsOutOfMemory);
        await watched.End(end, _settings.LogDrain, _time);
    }
}
