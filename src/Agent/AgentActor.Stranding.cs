using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Agent.Executors;
using ActorScheduler.Containers;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Event;

namespace ActorScheduler.Agent;

/// <content>
/// Tasks whose containers cannot be seen, because what runs them is not configured any more or another engine answers in its place.
/// As with an engine that does not answer they keep their state and their resources: an end is never told of a container that nobody
/// looked at. They are looked at again once their own engine is back, or given up when the operator says so.
/// </content>
internal sealed partial class AgentActor
{
    /// <summary>Containerizers that are not configured and have tasks all the same.</summary>
    private IReadOnlyList<ContainerizerCondition> _stranded = [];

    private IContainerizer? HomeOf(KeptTask task)
    {
        string name = Stranding.HomeOf(task, _options.Containerizers);
        return _options.Containerizers.FirstOrDefault(containers => containers.Name == name);
    }

    private KeptTask[] TasksOf(string containerizer) => [.. _book.Live.Where(task => Stranding.HomeOf(task, _options.Containerizers) == containerizer)];

    /// <summary>Only the engines that have the agent's tasks count, from the first look on.</summary>
    private void BindEngines()
    {
        foreach (IContainerizer containers in _options.Containerizers)
            containers.Bind(_book.Identity.Engines.GetValueOrDefault(containers.Name));
    }

    /// <summary>At the start: says which tasks cannot be seen, or gives them up.</summary>
    private void ShelterTasks()
    {
        foreach (KeptTask task in _book.Live.Where(task => HomeOf(task) is null).ToArray())
        {
            if (_options.GivenUp.Contains(Stranding.HomeOf(task, _options.Containerizers)))
                GiveUp(task);
        }
        CountStranded();
        foreach (ContainerizerCondition one in _stranded)
            _log.Warning("Agent {AgentId} does not see tasks of containerizer {Containerizer}: {Problem}", Id, one.Name, one.Trouble);
    }

    private void CountStranded()
    {
        _stranded =
        [
            .. _book.Live.Where(task => HomeOf(task) is null).GroupBy(task => Stranding.HomeOf(task, _options.Containerizers), StringComparer.Ordinal)
                .OrderBy(static group => group.Key, StringComparer.Ordinal)
                .Select(static group => new ContainerizerCondition(
                    group.Key, group.Aggregate(ContainerKinds.None, static (all, task) => all | task.Launch.Task.Kind), Stranding.NotConfigured(group.Key, group))),
        ];
    }

    /// <summary>Learns which engine has the agent's tasks, and what is wrong when another one answers.</summary>
    /// <returns>Why the containerizer is of no use now, or null.</returns>
    private string? Recognize(IContainerizer containers, Probed probed)
    {
        string name = containers.Name;
        if (probed.Identity is { } first && !_book.Identity.Engines.ContainsKey(name))
            BindTo(containers, first);
        if (containers.Instead is not { } other || !_book.Identity.Engines.TryGetValue(name, out EngineName? before))
            return probed.Problem;
        KeptTask[] tasks = TasksOf(name);
        if (tasks.Length > 0 && !_options.GivenUp.Contains(name))
            return Stranding.Elsewhere(name, before, other, tasks);
        foreach (KeptTask task in tasks)
            GiveUp(task);
        _log.Info("Agent {AgentId}: containerizer {Containerizer} has another engine from now on, at {Address} (ID {Engine})", Id, name, other.Address, other.Id);
        BindTo(containers, other);
        return null;
    }

    private void BindTo(IContainerizer containers, EngineName engine)
    {
        _book.Bind(containers.Name, engine);
        Flush();
        containers.Bind(engine);
    }

    private void GiveUp(KeptTask task)
    {
        string name = Stranding.HomeOf(task, _options.Containerizers);
        _log.Warning("Agent {AgentId} gives up task {TaskId} of framework {FrameworkId}: --give-up {Containerizer}", Id, task.Key.TaskId, task.Key.FrameworkId, name);
        if (_assignments.TryGetValue(task.Key, out Assignment? assignment) && assignment.Actor is { } executor)
            Context.Stop(executor);
        Progressed(new Progress(task.Key, TaskState.GoneByOperator, TaskReason.AgentRemovedByOperator, Stranding.GivenUp(name)));
    }

    /// <summary>Why a task's container cannot be seen now; null when it can.</summary>
    private string? TroubleOf(KeptTask task)
    {
        string name = Stranding.HomeOf(task, _options.Containerizers);
        string? trouble = HomeOf(task) is { } containers ? TroubleOf(containers) : _stranded.FirstOrDefault(one => one.Name == name)?.Trouble;
        return trouble is null ? null : $"{name}: {trouble}";
    }

    /// <summary>Who wants a task to end that cannot be ended now hears why, and that it is not forgotten.</summary>
    private void TellWhyNotYet(KeptTask task, Assignment? assignment)
    {
        if (task.Status.State == TaskState.Killing || TroubleOf(task) is not { } why)
            return;
        if (assignment is not null)
            assignment.IsKillingTold = true;
        Progressed(new Progress(task.Key, TaskState.Killing, task.End?.Reason, $"It cannot be ended now, and will be as soon as that is possible: {why}"));
    }
}
