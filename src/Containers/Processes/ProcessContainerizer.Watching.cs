using System.Text;
using ActorScheduler.Containers.Output;
using ActorScheduler.Containers.Processes.Host;

namespace ActorScheduler.Containers.Processes;

/// <content>What becomes of runs, those of an earlier process too.</content>
public sealed partial class ProcessContainerizer
{
    private const int TailBytes = 1024;

    /// <summary>Gives the run with its gate held; it has been looked at. <see cref="Leave"/> has to follow.</summary>
    private async Task<ProcessRun> Enter(string runId, CancellationToken cancellation)
    {
        while (true)
        {
            ProcessRun run = _runs.GetOrAdd(runId, static id => new ProcessRun(id));
            await run.Gate.WaitAsync(cancellation);
            bool isCurrent = _runs.TryGetValue(runId, out ProcessRun? current) && ReferenceEquals(current, run);
            try
            {
                if (isCurrent && run.Phase == RunPhase.Unknown)
                    await Task.Run(() => Load(run), CancellationToken.None);
            }
            catch (Exception)
            {
                Leave(run);
                throw;
            }
            if (isCurrent)
                return run;
            run.Gate.Release();
        }
    }

    private void Leave(ProcessRun run)
    {
        if (run.Phase is RunPhase.Absent or RunPhase.Unknown)
            _runs.TryRemove(KeyValuePair.Create(run.Id, run));
        run.Gate.Release();
    }

    /// <summary>Finds what an earlier process of the agent has left.</summary>
    private async Task Load(ProcessRun run)
    {
        if (!RunStore.IsRunId(run.Id) || _store.Find(run.Id) is not { } facts)
        {
            if (RunStore.IsRunId(run.Id))
                _store.Drop(run.Id);
            run.Phase = RunPhase.Absent;
            return;
        }
        run.Facts = facts;
        RunResult result = _store.Result(run.Id);
        if (result is { Supervisor: null } && facts.BootId == ProcessTable.BootId)
            result = Claim(run.Id);
        if (result.Supervisor is not { } supervisor)
        {
            // The agent was killed before anything had begun: it was never there.
            _groups?.Remove(run.Id);
            _store.Drop(run.Id);
            run.Phase = RunPhase.Absent;
            return;
        }
        run.Supervisor = supervisor;
        bool isThere = IsSupervisor(run);
        if (isThere)
            WatchSupervisor(run);
        if (isThere && RunPipes.Find(supervisor) is { } pipes)
        {
            run.Output = Bring(run, pipes, files: null);
            result = _store.Result(run.Id);
        }
        if (result.ExitCode is null && isThere)
        {
            run.Phase = RunPhase.Running;
        }
        else
            await End(run, isThere ? supervisor : null);
    }

    /// <summary>A supervisor may be about to begin just now. Either it has, or it never will.</summary>
    private RunResult Claim(string runId)
    {
        RunResult result = _store.Claim(runId);
        foreach (ProcessEntry entry in result.Supervisor is null ? ProcessTable.All() : [])
        {
            if (ProcessTable.HasArgument(entry.Process, _store.ResultFile(runId)))
                Kernel.Kill(entry.Process, Kernel.SigKill);
        }
        return _store.Unclaim(runId, drop: true);
    }

    private void WatchSupervisor(ProcessRun run) => _watch.Watch(run.Supervisor, _ =>
    {
        run.SupervisorEnded.TrySetResult();
        Ended(run);
    });

    private bool IsSupervisor(ProcessRun run) =>
        run.IsChild ? ProcessTable.IsAlive(run.Supervisor) : ProcessTable.HasArgument(run.Supervisor, _store.ResultFile(run.Id));

    private void SignalSession(ProcessRun run, int signal)
    {
        if (IsSupervisor(run))
            Kernel.Kill(-run.Supervisor, signal);
    }

    /// <summary>Its command or its supervisor has ended. Runs on a watch's thread, so the rest is done elsewhere.</summary>
    private void Ended(ProcessRun run) => _ = Task.Run(async () =>
    {
        await run.Gate.WaitAsync();
        try
        {
            if (run.Phase == RunPhase.Running)
                await End(run, run.Supervisor);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ContainerException)
        {
            // The regular look comes back to it.
            _log($"the end of process {run.Id} cannot be handled now: {e.Message}");
        }
        finally
        {
            run.Gate.Release();
        }
    });

    /// <summary>What is left of it is killed, as in containers, and everybody is told.</summary>
    private async Task End(ProcessRun run, int? session)
    {
        RunFacts facts = run.Facts!;
        await _remains.Clear(facts, run.Supervisor, session, CancellationToken.None);
        string? missing = run.Output is { } output ? await output.Drain() : null;
        RunResult result = _store.Result(run.Id, IsSupervisor(run) ? run.Supervisor : null);
        long memoryKills = result.ExitCode is > 0 && facts.HasGroup && _groups is not null ? _groups.MemoryKills(run.Id) : 0;
        ContainerEnd end = result.ExitCode is { } code
            ? EndMessages.Of(facts, result, memoryKills, memoryKills > 0 ? _groups?.MemoryLimit(run.Id) : null, code is ExitCodes.NotExecutable or ExitCodes.NotFound ? Launch(facts) : default)
            : EndMessages.Lost(facts, ProcessTable.BootId);
        if (missing is not null)
            end = end with { Message = end.Message is { } said ? $"{said}; {missing}" : missing };
        if (run.Output is { } released)
        {
            released.Release();
            run.Output = null;
            await run.SupervisorEnded.Task.WaitAsync(_settings.KillTimeout, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        run.IsChild = false;
        run.Phase = RunPhase.Ended;
        run.Ended.TrySetResult(end);
    }

    private static string LastError(string sandbox) => Encoding.UTF8.GetString(OutputFile.ReadTail(sandbox, "stderr", TailBytes)).TrimEnd().Split('\n')[^1];

    /// <summary>What speaks for or against a program's not having been started at all, when its exit code is one that shells give for that too.</summary>
    private static LaunchEvidence Launch(RunFacts facts) => new(
        LastError(facts.Sandbox),
        facts.Program is { } program ? ProgramFile.IsExecutable(program, facts.Sandbox, facts.Environment.GetValueOrDefault("PATH", "")) : true);

    /// <summary>Looks now and then for ends that were not told.</summary>
    private async Task Look()
    {
        using var timer = new PeriodicTimer(_settings.LookInterval, _time);
        while (await timer.WaitForNextTickAsync(_disposed.Token))
        {
            foreach (ProcessRun run in _runs.Values.Where(run => run is { Phase: RunPhase.Running, Facts: not null } && !IsSupervisor(run)))
                Ended(run);
        }
    }
}
