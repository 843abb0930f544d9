using ActorScheduler.Containers.Processes.Host;

namespace ActorScheduler.Containers.Processes;

/// <content>
/// Runs whose folder was deleted while they ran and no agent was there. The kernel knows them still: their supervisors by the path among
/// their arguments, their processes by the name of their control group.
/// </content>
public sealed partial class ProcessContainerizer
{
    /// <summary>Supervisors of this state folder that an earlier process of the agent has left, by run.</summary>
    private readonly Lazy<IReadOnlyDictionary<string, int>> _leftSupervisors;

    private IEnumerable<(string RunId, int Supervisor)> Orphans() => _leftSupervisors.Value
        .Where(left => !_runs.ContainsKey(left.Key) && _store.Find(left.Key) is null && IsSupervisorOf(left.Key, left.Value))
        .Select(static left => (left.Key, left.Value));

    private Dictionary<string, int> FindSupervisors()
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (ProcessEntry entry in ProcessTable.All())
        {
            if (entry.State is not ('Z' or 'X') && entry.Session == entry.Process
                && ProcessTable.Arguments(entry.Process).Select(_store.RunOf).FirstOrDefault(static run => run is not null) is { } run)
                found[run] = entry.Process;
        }
        return found;
    }

    private bool IsSupervisorOf(string run, int process) => ProcessTable.HasArgument(process, _store.ResultFile(run));

    /// <summary>
    /// Ends what still runs of a run that has no folder: how it goes on could be told to nobody. The gate is held.
    /// </summary>
    /// <returns>How it ended; null when there was nothing.</returns>
    private async Task<ContainerEnd?> EndOrphan(string runId, CancellationToken cancellation)
    {
        int? supervisor = _leftSupervisors.Value.TryGetValue(runId, out int left) && IsSupervisorOf(runId, left) ? left : null;
        if (supervisor is null && !(_groups?.Members(runId).Count > 0))
            return null;
        if (supervisor is { } session)
            Kernel.Kill(-session, Kernel.SigKill);
        var facts = new RunFacts(runId, "", ProcessTable.BootId, 0, "", "", null, _groups is not null, new Dictionary<string, string>());
        await _remains.Clear(facts, supervisor ?? 0, supervisor, cancellation);
        await Until(() => supervisor is not { } process || !ProcessTable.IsAlive(process), $"the supervisor of process {runId} was killed and has not ended", cancellation);
        if (_groups is not null)
            await Until(() => _groups.Remove(runId), $"the control group of process {runId} cannot be removed", cancellation);
        return new ContainerEnd(null, Message: $"Its state in {_store.FolderOf(runId)} was deleted while it ran, so it was killed; its exit code is not known");
    }
}
