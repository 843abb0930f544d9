using ActorScheduler.Model;
using ActorScheduler.Processes;
using ActorScheduler.Promises.Specs.Harness;
using ActorScheduler.Protocol;

namespace ActorScheduler.Promises.Specs;

/// <summary>Promise 7 against hosts that cannot reach each other: one side only allocates, and the other comes back to it.</summary>
public sealed class SplitSpecs
{
    [NetworkFact]
    public async Task The_allocators_host_alone_against_the_others_ends_and_comes_back()
    {
        await using ProcessCluster cluster = await ProcessCluster.FormOnHosts(5);
        await using BusyFramework framework = await BusyFramework.Start(cluster);
        await framework.Progresses();
        int number = cluster.AllocatorNode();
        NodeProcess minority = cluster[number];
        int lines = minority.Lines.Count;
        Host alone = cluster.Network!.Hosts[number - 1];
        Host[] others = [.. cluster.Network.Hosts.Where(host => host != alone), cluster.Network.Here!];
        IReadOnlyList<AgentSummary> before = await cluster.Agents();

        await cluster.Network.Split([alone], others);

        // It takes itself for the one that lost, and until then it has begun nothing new.
        Assert.Equal(4, await minority.Exit(ProcessCluster.Limit));
        Assert.DoesNotContain(minority.Lines.Skip(lines), static line => line.Contains("Allocator of epoch", StringComparison.Ordinal));
        await framework.Progresses();
        Assert.NotEqual(number, cluster.AllocatorNode());

        await cluster.Network.Join([alone], others);
        await cluster.Whole();
        // The same agents, each once.
        Assert.Equal(Ids(before), Ids(await cluster.Agents()));
        await framework.Progresses();
        AgentId lost = before.Single(agent => agent.Info.Hostname == $"node-{number}").Info.Id;
        Assert.All(framework.Sleepers.Where(sleeper => sleeper.Agent != lost), static sleeper => Assert.Null(sleeper.Task.End));
        await framework.Settles();
    }

    [NetworkFact]
    public async Task An_agent_that_nobody_reached_for_a_while_has_gone_on_with_its_tasks()
    {
        await using ProcessCluster cluster = await ProcessCluster.FormOnHosts(5);
        await using BusyFramework framework = await BusyFramework.Start(cluster);
        await framework.Progresses();
        TaskRecord sleeper = framework.Sleepers.Single(sleeper => sleeper.Agent.Value.StartsWith("node-5", StringComparison.Ordinal)).Task;

        await cluster.Network!.Hosts[4].Cut();
        await Eventually.Holds("its task is told as unreachable", () => sleeper.Updates[^1].State == TaskState.Unreachable ? null : sleeper.ToString(), cluster);
        await framework.Progresses();
        await cluster.Network.Hosts[4].Heal();

        await Eventually.Holds("its task is told as running", () => sleeper.Updates[^1].State == TaskState.Running ? null : sleeper.ToString(), cluster);
        Assert.Single(sleeper.Updates, static update => update is { State: TaskState.Running, Source: TaskSource.Executor });
        await framework.Settles();
    }

    private static IEnumerable<string> Ids(IEnumerable<AgentSummary> agents) => agents.Select(static agent => agent.Info.Id.Value);
}
