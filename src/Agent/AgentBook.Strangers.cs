using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Model;

namespace ActorScheduler.Agent;

/// <content>Containers that run here and that the book does not know.</content>
internal sealed partial class AgentBook
{
    /// <summary>What containers take that were set aside, as far as it was idle when they were; not kept, since they are found again.</summary>
    public Resources Aside { get; private set; } = Resources.Empty;

    /// <summary>What may be given to tasks at all.</summary>
    public Resources Usable => Identity.Total.SubtractOrEmpty(Aside);

    /// <summary>
    /// Takes over a task whose container runs although the checkpoint does not know it, as one from an older copy would not.
    /// Only this agent's own: of what another agent's id was given to, nobody would hear here.
    /// </summary>
    /// <param name="launch">What is written on the container.</param>
    /// <param name="owner">The agent that started it.</param>
    /// <param name="whyNot">Why containers of a task cannot be looked after; null when they can.</param>
    /// <param name="now">The time.</param>
    /// <param name="runBy">Name of what runs it.</param>
    /// <returns>Why it cannot be taken over; null when it was.</returns>
    public string? Adopt(KeptLaunch? launch, AgentId owner, Func<TaskInfo, Problem?> whyNot, DateTimeOffset now, string? runBy = null)
    {
        if (owner != Identity.AgentId)
            return $"agent {owner} started it, which had this data folder before";
        if (launch is null)
            return "what it was started for is not written on it";
        var status = new TaskUpdate(
            launch.Launch.Task.Id, TaskState.Running, TaskSource.Agent, TaskReason.AgentReregistered, "Adopted: its container runs and its agent did not know it", owner,
            launch.Launch.Task.Executor?.Id, now, Guid.NewGuid());
        KeptTask task = launch.With(new KeptState(status, Identity.Drain)) with { Containerizer = runBy };
        if (_tasks.TryGetValue(task.Key, out KeptTask? known))
            return $"run {known.RunId} of the same task is known";
        if (Check(task.Framework.Id, [task.Launch], whyNot, out _) is { } problem)
            return problem.ToString();
        Set(task);
        Hold(task);
        Owe(task.Framework.Id, status);
        return null;
    }

    /// <summary>Counts what strangers take, all of them, against what is idle. What is not idle is counted for somebody already.</summary>
    public void SetAside(IEnumerable<Resources> taken)
    {
        Resources idle = Identity.Total.SubtractOrEmpty(Used);
        (long cpus, long mem, long disk, long gpus) = (0, 0, 0, 0);
        ValueRanges ports = ValueRanges.Empty;
        foreach (Resources one in taken)
        {
            Quantities all = one.Quantities;
            (cpus, mem, disk, gpus) = (cpus + all.Cpus, mem + all.Mem, disk + all.Disk, gpus + all.Gpus);
            foreach (Resource resource in one.Objects().Where(static resource => resource.Key.Name == ResourceName.Ports && resource.Amount.Ranges is not null))
                ports = ports.Add(resource.Amount.Ranges!);
        }
        // Whatever it was reserved as: here it takes what nobody has.
        Resources rest = idle.SubtractOrEmpty(Resources.OfMilli(cpus, mem, disk, gpus, ports));
        Aside = Resources.OfMilli(
            idle.PlainCpus - rest.PlainCpus, idle.PlainMem - rest.PlainMem, idle.PlainDisk - rest.PlainDisk, idle.PlainGpus - rest.PlainGpus,
            idle.PlainPorts.Subtract(rest.PlainPorts));
    }
}
