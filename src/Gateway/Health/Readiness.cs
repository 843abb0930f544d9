using ActorScheduler.Protocol;
using Akka.Cluster;

namespace ActorScheduler.Gateway.Health;

/// <summary>
/// Whether a node can do its work: it is a member that is up, it does not leave, its agent runs, and the allocator answers. The allocator answers
/// when the masters have a quorum and their journal can be read and written, so it stands for these.
/// </summary>
/// <param name="nodes">The nodes of this process.</param>
internal sealed class Readiness(Func<IReadOnlyList<IGatewayNode>> nodes)
{
    internal async Task<IReadOnlyList<HealthCheck>> Check()
    {
        IReadOnlyList<IGatewayNode> started = nodes();
        if (started.Count == 0)
            return [new HealthCheck("node", false, "starting")];
        return [.. (await Task.WhenAll(started.Select(Check))).SelectMany(static checks => checks)];
    }

    /// <summary>The checks of one node.</summary>
    internal static async Task<IReadOnlyList<HealthCheck>> Check(IGatewayNode node)
    {
        if (node.IsLeaving)
            return [new HealthCheck("node", false, $"{node.Address} leaves")];
        var checks = new List<HealthCheck>(2);
        if (node.Cluster is { } cluster)
            checks.Add(new HealthCheck("cluster", cluster.SelfMember.Status == MemberStatus.Up, $"{node.Address} is {cluster.SelfMember.Status}"));
        if (node.AgentTrouble is { } trouble)
            checks.Add(new HealthCheck("agent", false, trouble));
        object? answer = await new Questions(node.System, node.Masters).AskAllocator(new GetAgents(Count: 1), node.ReadyTimeout);
        checks.Add(answer is AgentsSnapshot snapshot
            ? new HealthCheck("allocator", true, $"epoch {snapshot.Epoch} answered")
            : new HealthCheck("allocator", false, $"no answer within {node.ReadyTimeout.TotalSeconds:0.###} s"));
        return checks;
    }
}
