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
            run.Supervisor = StartSupervisor(facts, plan);
            run.IsChild = true;
            run.Facts = facts;
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
        _watch.Watch(run.Supervisor, _ => Ended(run));
    }

    private int StartSupervisor(RunFacts facts, RunPlan plan)
    {
        (int input, int output, int error) = (-1, -1, -1);
        try
        {
            input = Kernel.OpenNull();
            output = RunFolder.OpenOutput(facts.Sandbox, "stdout", facts.User);
            error = RunFolder.OpenOutput(facts.Sandbox, "stderr", facts.User);
            return Supervisor.Start(
                facts, _store.ResultFile(facts.RunId), _groups?.JoinFiles(facts.RunId) ?? [], _settings.Limits, plan.Command, (input, output, error));
        }
        finally
        {
            foreach (int descriptor in new[] { input, output, error })
            {
                if (descriptor >= 0)
                    Kernel.Close(descriptor);
            }
        }
    }

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
