using ActorScheduler.Model;
using ActorScheduler.Processes;
using ActorScheduler.Promises.Specs.Harness;
using ActorScheduler.Protocol;

namespace ActorScheduler.Promises.Specs;

/// <summary>
/// Promises 1 to 5 against processes that are killed under load: nothing acknowledged is lost, every task ends once, none runs
/// twice, no host is over-committed, and what runs on other hosts does not notice.
/// </summary>
[Collection(OnSqlite.Name)]
public sealed class CrashSpecs(ClusterFixture fixture)
{
    private readonly ProcessCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task The_allocators_node_is_killed()
    {
        await using BusyFramework framework = await Begin();

        await Kills(framework, _cluster.AllocatorNode());
    }

    [Fact]
    public async Task The_node_of_the_frameworks_actor_is_killed()
    {
        await using BusyFramework framework = await Begin();

        await Kills(framework, _cluster.FrameworkNode(framework.Session.FrameworkId));
    }

    [Fact]
    public async Task An_agents_node_is_killed()
    {
        await using BusyFramework framework = await Begin();

        await Kills(framework, 4);
    }

    [Fact]
    public async Task An_agent_outside_of_the_cluster_is_killed()
    {
        await using BusyFramework framework = await Begin();

        await Kills(framework, 5);
    }

    [Fact]
    public async Task The_one_master_that_an_agent_outside_was_told_of_is_killed()
    {
        await using BusyFramework framework = await Begin();

        await Kills(framework, 1);
    }

    [Fact]
    public async Task All_nodes_are_killed_at_once()
    {
        await using BusyFramework framework = await Begin();
        var decided = new HashSet<string>();
        // Operators decide until the very moment.
        Task deciding = Decide(decided);

        await _cluster.Kill(_cluster.Numbers);
        await _cluster.Whole();

        await deciding;
        RolesSnapshot roles = await _cluster.Client.AskAllocatorAsync<RolesSnapshot>(new GetRoles());
        Assert.Superset(decided, roles.Roles.Where(static role => role.Weight == 3).Select(static role => role.Name).ToHashSet());
        await framework.Progresses();
        await framework.Settles();
        Assert.All(framework.Sleepers, static sleeper => Assert.Equal(TaskState.Failed, sleeper.Task.End!.State));
    }

    [Fact]
    public async Task The_allocators_node_stands_still_until_it_was_replaced_and_wakes_up()
    {
        await using BusyFramework framework = await Begin();
        int node = _cluster.AllocatorNode();
        long epoch = (await _cluster.Client.AskAllocatorAsync<AgentsSnapshot>(new GetAgents())).Epoch.Number;

        NodeProcess process = await _cluster.PauseBetweenWrites(node);
        await Eventually.Holds(
            "another allocator", async () => (await _cluster.Client.AskAllocatorAsync<AgentsSnapshot>(new GetAgents())).Epoch.Number > epoch ? null : "it", _cluster);
        await framework.Progresses();
        process.Resume();

        Assert.Equal(4, await process.Exit(ProcessCluster.Limit));
        await _cluster.Whole();
        await framework.Progresses();
        await framework.Settles();
    }

    private async Task<BusyFramework> Begin()
    {
        await _cluster.Whole();
        BusyFramework framework = await BusyFramework.Start(_cluster);
        try
        {
            await framework.Progresses();
            return framework;
        }
        catch
        {
            // Specs that come later need the room.
            await framework.DisposeAsync();
            throw;
        }
    }

    private async Task Kills(BusyFramework framework, int number)
    {
        AgentId killed = (await _cluster.Agents()).First(agent => agent.Info.Hostname == $"node-{number}" && agent.State == AgentState.Registered).Info.Id;

        await _cluster.Kill(number);
        // Work goes on without it, and when it is back.
        await framework.Progresses();
        await _cluster.Whole();
        await framework.Progresses();

        // What runs elsewhere did not notice; what ran there ended with its process.
        Assert.All(framework.Sleepers.Where(sleeper => sleeper.Agent != killed), static sleeper => Assert.Null(sleeper.Task.End));
        await framework.Settles();
        Assert.All(framework.Sleepers.Where(sleeper => sleeper.Agent == killed), static sleeper => Assert.Equal(TaskState.Failed, sleeper.Task.End!.State));
    }

    private async Task Decide(HashSet<string> decided)
    {
        for (var i = 0; i < 50; i++)
        {
            string role = $"role-{i}";
            if (await _cluster.Client.AskAllocatorAsync<IProtocolMessage>(new SetWeight(Guid.NewGuid(), role, 3)) is CommandDone)
                decided.Add(role);
        }
    }
}
