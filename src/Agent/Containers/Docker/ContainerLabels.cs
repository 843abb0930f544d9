using System.Security.Cryptography;
using System.Text;

namespace ActorScheduler.Agent.Containers.Docker;

/// <summary>What is written on containers, so that they are found again, and told apart from those of other agents and people.</summary>
internal static class ContainerLabels
{
    public const string RunId = "org.actorscheduler.run-id";
    public const string AgentId = "org.actorscheduler.agent-id";
    public const string FrameworkId = "org.actorscheduler.framework-id";
    public const string TaskId = "org.actorscheduler.task-id";
    public const string Group = "org.actorscheduler.group";

    /// <summary>Where the container's output goes on the host.</summary>
    public const string Sandbox = "org.actorscheduler.sandbox";

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

    /// <summary>The labels of a container.</summary>
    public static Dictionary<string, string> Of(ContainerOrder order)
    {
        var labels = new Dictionary<string, string>
        {
            [RunId] = order.RunId,
            [AgentId] = order.AgentId.Value,
            [FrameworkId] = order.FrameworkId.Value,
            [TaskId] = order.Task.Id.Value,
            // Tools of old look for this one.
            ["MESOS_TASK_ID"] = order.Task.Id.Value,
        };
        if (order.Group is { } group)
            labels[Group] = group;
        if (order.Sandbox is { } sandbox)
            labels[Sandbox] = sandbox;
        return labels;
    }
}
