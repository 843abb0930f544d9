using ActorScheduler.Containers.Output;
using ActorScheduler.Containers.Processes.Groups;
using ActorScheduler.Containers.Processes.Host;

namespace ActorScheduler.Containers.Processes;

/// <content>How runs begin, and how they are forgotten.</content>
public sealed partial class ProcessContainerizer
{
    /// <inheritdoc/>
    public async Task<ContainerStatus> Start(ContainerOrder order, CancellationToken cancellation)
    {
        if (!RunStore.IsRunId(order.RunId))
            throw new ContainerException($"'{order.RunId}' cannot be a run id: it names files");
        // Calls for one run go in their order: a removal that comes later finds what this one has started.
        ProcessRun run = await Enter(order.RunId, cancellation);
        try
        {
            if (run.Phase is RunPhase.Running or RunPhase.Ended)
                return StatusOf(run);
            await _starting.WaitAsync(cancellation);
            try
            {
                await Task.Run(() => StartNew(run, order), CancellationToken.None);
            }
            finally
            {
                _starting.Release();
            }
            return StatusOf(run);
        }
        finally
        {
            Leave(run);
        }
    }

    private void StartNew(ProcessRun run, ContainerOrder order)
    {
        if (order.Sandbox is not { } sandbox)
            throw new ContainerException("a process needs a sandbox: give the node a data folder (--data)");
        if (!Directory.Exists(sandbox))
            throw new ContainerException($"its working folder {sandbox} is missing");
        var user = HostUser.Find(order.Task.Command?.User ?? order.User, _settings);
        RunPlan plan = RunPlan.Of(order, user, _settings, Environment.GetEnvironmentVariable);
        var facts = new RunFacts(
            order.RunId, order.AgentId.Value, ProcessTable.BootId, Environment.TickCount64 / 10, sandbox, EndMessages.Short(order.Task.Command!.Value!), user, _groups is not null, plan.Variables, order.Launch,
            order.Task.Command.Shell ? null : order.Task.Command.Value);
        bool isStarted = false;
        try
        {
            RunFolder.Furnish(sandbox, plan, user);
            _store.Keep(facts);
            _groups?.Make(order.RunId, GroupLimits.Of(order.Task, _settings));
            StartSupervisor(run, facts, plan);
            run.Phase = RunPhase.Running;
            isStarted = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContainerException($"the process cannot be prepared: {e.Message}", e);
        }
        finally
        {
            if (!isStarted)
            {
                _groups?.Remove(order.RunId);
                _store.Drop(order.RunId);
            }
        }
        WatchSupervisor(run);
    }

    private void StartSupervisor(ProcessRun run, RunFacts facts, RunPlan plan)
    {
        OutputFile output = OpenOutput(facts, "stdout");
        OutputFile? error = null;
        try
        {
            error = OpenOutput(facts, "stderr");
            (run.Supervisor, RunPipes pipes) = RunPipes.Start(facts.User, (streams, more) => Supervisor.Start(
                facts, _store.ResultFile(facts.RunId), _groups?.JoinFiles(facts.RunId) ?? [], _settings.Limits, plan.Command, streams, more));
            (run.IsChild, run.Facts) = (true, facts);
            run.Output = Bring(run, pipes, (output, error));
        }
        finally
        {
            if (run.Output is null)
            {
                output.Dispose();
                error?.Dispose();
            }
        }
    }

    private OutputFile OpenOutput(RunFacts facts, string name) =>
        OutputFile.Open(facts.Sandbox, name, _settings.LogSize, facts.User is { } user ? (user.UserId, user.GroupId) : null);

    private RunOutput Bring(ProcessRun run, RunPipes pipes, (OutputFile, OutputFile)? files) =>
        new(_pipes, pipes, run.Facts!, _settings, _time, files, () => Ended(run), _log);

    /// <summary>Kills what there is and forgets it.</summary>
    private async Task Remove(ProcessRun run, CancellationToken cancellation)
    {
        RunFacts facts = run.Facts!;
        if (run.Phase == RunPhase.Running)
        {
            // All of the session at once, its supervisor too: what was about to join its group cannot do so any more.
            SignalSession(run, Kernel.SigKill);
            await _remains.Clear(facts, run.Supervisor, run.Supervisor, cancellation);
            await Until(() => !IsSupervisor(run), $"the supervisor of process {run.Id} was killed and has not ended", cancellation);
        }
        if (run.Output is { } output)
        {
            // What it wrote until now is worth a moment.
            await output.Drain();
            output.Release();
            run.Output = null;
        }
        if (_groups is not null)
            await Until(() => _groups.Remove(run.Id), $"the control group of process {run.Id} cannot be removed", cancellation);
        _store.Drop(run.Id);
        run.Phase = RunPhase.Absent;
        run.Ended.TrySetResult(new ContainerEnd(null, Message: "It was removed"));
    }

    private async Task Until(Func<bool> isSo, string otherwise, CancellationToken cancellation)
    {
        long since = _time.GetTimestamp();
        while (!isSo())
        {
            if (_time.GetElapsedTime(since) > _settings.KillTimeout)
                throw new ContainerException(otherwise);
            await Task.Delay(Poll, _time, cancellation);
        }
    }
}
