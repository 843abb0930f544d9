using System.Security.Cryptography;
using System.Text;

namespace ActorScheduler.Containers.Docker;

/// <summary>What is written on containers, so that they are found again, and told apart from those of other agents and people.</summary>
internal static class ContainerLabels
{
    /// <summary>What all of the scheduler's own begin with.</summary>
    public const string Prefix = "org.actorscheduler.";

    public const string RunId = "org.actorscheduler.run-id";
    public const string AgentId = "org.actorscheduler.agent-id";
    public const string FrameworkId = "org.actorscheduler.framework-id";
    public const string TaskId = "org.actorscheduler.task-id";
    public const string Group = "org.actorscheduler.group";

    /// <summary>On a task's container: name of the container that holds its group's network.</summary>
    public const string Holder = "org.actorscheduler.holder";

    /// <summary>On a container that holds a group's network, and nothing else: its own name.</summary>
    public const string Holds = "org.actorscheduler.holds";

    /// <summary>Where the container's output goes on the host.</summary>
    public const string Sandbox = "org.actorscheduler.sandbox";

    /// <summary>What the task takes.</summary>
    public const string Resources = "org.actorscheduler.resources";

    /// <summary>The order's <see cref="ContainerOrder.Launch"/>.</summary>
    public const string Launch = "org.actorscheduler.launch";

    /// <summary>Longer ones are left out: each look at all containers brings all labels.</summary>
    private const int LongestLaunch = 16 * 1024;

    private const string NamePrefix = "asched-";
    private const int LongestName = 120;

    /// <summary>The name of a run's container. Run ids that engines cannot have as names are told apart by a hash.</summary>
    public static string NameOf(string runId)
    {
        string safe = string.Concat(runId.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' ? c : '-'));
        return safe == runId && runId.Length <= LongestName
            ? NamePrefix + runId
            : $"{NamePrefix}{safe[..Math.Min(safe.Length, LongestName - 20)]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(runId)))[..16]}";
    }

    /// <summary>The name of the container that holds a group's network.</summary>
    public static string HolderOf(Model.AgentId agent, Model.FrameworkId framework, string group) =>
        $"{NamePrefix}group-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{agent}\n{framework}\n{group}")))[..24]}";

    /// <summary>The labels of a container that holds a group's network.</summary>
    public static Dictionary<string, string> OfHolder(ContainerOrder order, string name)
    {
        var labels = new Dictionary<string, string>
        {
            [Holds] = name, [AgentId] = order.AgentId.Value, [FrameworkId] = order.FrameworkId.Value, [Group] = order.Group!,
        };
        // Tells whose folder it belongs to.
        if (order.Sandbox is { } sandbox)
            labels[Sandbox] = sandbox;
        return labels;
    }

    /// <summary>The labels of a container.</summary>
    public static Dictionary<string, string> Of(ContainerOrder order)
    {
        var labels = new Dictionary<string, string>
        {
            [RunId] = order.RunId,
            [AgentId] = order.AgentId.Value,
            [FrameworkId] = order.FrameworkId.Value,
            [TaskId] = order.Task.Id.Value,
            [Resources] = order.Task.Resources.ToString(),
            // Tools of old look for this one.
            ["MESOS_TASK_ID"] = order.Task.Id.Value,
        };
        if (order.Group is { } group)
            labels[Group] = group;
        if (order.Sandbox is { } sandbox)
            labels[Sandbox] = sandbox;
        if (order.Launch is { Length: <= LongestLaunch } launch)
            labels[Launch] = launch;
        return labels;
    }

    /// <summary>Whether a container is an agent's: it names it, or works in its folder.</summary>
    public static bool IsOf(IDictionary<string, string> labels, Model.AgentId agent, string? sandboxes) =>
        labels.TryGetValue(AgentId, out string? owner)
        && (owner == agent.Value || (sandboxes is not null && labels.TryGetValue(Sandbox, out string? sandbox) && sandbox.StartsWith($"{sandboxes}/", StringComparison.Ordinal)));

    /// <summary>What a container's labels say to an agent that finds it; null when it is none of the agent's.</summary>
    /// <param name="labels">Its labels.</param>
    /// <param name="isOver">Whether nothing of it runs.</param>
    /// <param name="agent">The agent.</param>
    /// <param name="sandboxes">Its folder of sandboxes, or null.</param>
    public static FoundContainer? Read(IDictionary<string, string> labels, bool isOver, Model.AgentId agent, string? sandboxes)
    {
        if (!labels.TryGetValue(RunId, out string? run) || !IsOf(labels, agent, sandboxes))
            return null;
        return new FoundContainer(run, new Model.AgentId(labels[AgentId]), !isOver)
        {
            Launch = Of(Launch),
            Task = Of(TaskId) is { } task ? $"'{task}' of framework '{Of(FrameworkId)}'" : null,
            Resources = Of(Resources),
            EndedBy = $"docker rm -f {NameOf(run)}",
        };

        string? Of(string name) => labels.TryGetValue(name, out string? value) ? value : null;
    }
}
