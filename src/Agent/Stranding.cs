using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Containers;
using ActorScheduler.Model;

namespace ActorScheduler.Agent;

/// <summary>
/// Which containerizer a task belongs to, and what is said of tasks that cannot be seen: their containers are where this agent does not
/// look any more, which says nothing about whether they run. Pure.
/// </summary>
internal static class Stranding
{
    private const int MostNamed = 5;

    /// <summary>Name of the containerizer that has a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="configured">What the agent runs containers by now.</param>
    public static string HomeOf(KeptTask task, IReadOnlyList<IContainerizer> configured) => task.Containerizer
        // Kept before that was written down: by its kind, and one without files was only simulated.
        ?? configured.FirstOrDefault(containers => !containers.IsSimulated && containers.CanRun(task.Launch.Task))?.Name
        ?? (task.Status.Container?.Sandbox is null ? configured.FirstOrDefault(static containers => containers.IsSimulated)?.Name : null)
        ?? (task.Launch.Task.Kind == ContainerKinds.Image ? "docker" : "process");

    /// <summary>What the matter is with tasks of a containerizer that is not configured any more.</summary>
    public static string NotConfigured(string containerizer, IEnumerable<KeptTask> tasks) =>
        $"it is not among --containerizers any more, but has {Named(tasks)}, which may run on: start the node with --containerizers naming {containerizer} again, {OrGiveUp(containerizer)}";

    /// <summary>What the matter is with tasks of another engine than the one that answers.</summary>
    public static string Elsewhere(string containerizer, EngineName before, EngineName now, IEnumerable<KeptTask> tasks) =>
        $"another engine answers at {now.Address} (ID {now.Id}) than the one at {before.Address} (ID {before.Id}) that has {Named(tasks)}, which may run on: let that engine answer again, {OrGiveUp(containerizer)}";

    /// <summary>What frameworks are told of a task that is given up.</summary>
    public static string GivenUp(string containerizer) =>
        $"Given up by the operator (--give-up {containerizer}): its agent does not see its container any more, which may still run";

    private static string OrGiveUp(string containerizer) => $"or, when they have ended or were ended by hand, start the node once with --give-up {containerizer}";

    private static string Named(IEnumerable<KeptTask> tasks)
    {
        string[] names = [.. tasks.Select(static task => $"'{task.Launch.Task.Id}'").Order(StringComparer.Ordinal)];
        string some = string.Join(", ", names.Take(MostNamed));
        return names.Length == 1 ? $"the task {some} of this agent"
            : $"{names.Length} tasks of this agent ({some}{(names.Length > MostNamed ? $" and {names.Length - MostNamed} more" : "")})";
    }
}
