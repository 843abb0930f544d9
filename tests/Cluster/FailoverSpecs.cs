using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cluster.Specs;

public sealed class FailoverSpecs
{
    [Fact]
    public async Task Tasks_run_on_and_work_goes_on_when_the_allocators_node_is_gone()
    {
        await using var cluster = new TestCluster();
        var first = cluster.Start(isAgent: false);
        cluster.Start(isAgent: false);
        cluster.Start(isAgent: false);
        cluster.Start(isMaster: false);
        await using var client = cluster.Connect();
        await using var session = await client.RegisterAsync(new FrameworkInfo { Name = "batch" }).WaitAsync(TestCluster.Limit);
        await session.Launch(Session.Task("t1"));
        await session.Update("t1", TaskState.Running);
        var before = await client.AskAllocatorAsync<AgentsSnapshot>(new GetAgents());

        await cluster.Crash(first);

        await session.LaunchUntilOneRuns("t2");
        var after = await client.AskAllocatorAsync<AgentsSnapshot>(new GetAgents());
        Assert.True(after.Epoch > before.Epoch);
        Assert.Equal(2, Assert.Single(after.Agents).Tasks);
        var framework = await client.AskFrameworkAsync<FrameworkSnapshot>(new GetFramework(session.FrameworkId));
        Assert.Equal(["t1", "t2"], framework.Tasks.Where(task => task.Status.State == TaskState.Running).Select(task => task.Task.Id.Value[..2]));
    }

    [Fact]
    public async Task Operators_decisions_outlive_the_allocators_node()
    {
        await using var cluster = new TestCluster();
        var first = cluster.Start(isAgent: false);
        cluster.Start(isAgent: false);
        cluster.Start(isAgent: false);
        await using var client = cluster.Connect();
        await client.AskAllocatorAsync<CommandDone>(new SetWeight(Guid.NewGuid(), "nobody-there", 7));
        await client.AskAllocatorAsync<CommandDone>(new SetWeight(Guid.NewGuid(), "eng", 3));
        await client.AskAllocatorAsync<CommandDone>(new SetQuota(Guid.NewGuid(), "eng", Quantities.Zero, new Dictionary<string, long> { ["cpus"] = 2000 }));
        var epoch = (await client.AskAllocatorAsync<RolesSnapshot>(new GetRoles())).Epoch;

        await cluster.Crash(first);

        RolesSnapshot roles;
        do
            roles = await client.AskAllocatorAsync<RolesSnapshot>(new GetRoles());
        while (roles.Epoch == epoch);
        Assert.Equal(7, roles.Roles.Single(static role => role.Name == "nobody-there").Weight);
        var role = roles.Roles.Single(role => role.Name == "eng");
        Assert.Equal((3, 2000), (role.Weight, role.Limits["cpus"]));
    }

    [Fact]
    public async Task A_lost_agents_tasks_are_told_as_unreachable()
    {
        await using var cluster = new TestCluster();
        cluster.Start(isAgent: false);
        cluster.Start(isAgent: false);
        var host = cluster.Start(isMaster: false);
        await using var client = cluster.Connect();
        await using var session = await client.RegisterAsync(new FrameworkInfo { Name = "batch" }).WaitAsync(TestCluster.Limit);
        await session.Launch(Session.Task("t1"));
        await session.Update("t1", TaskState.Running);

        await cluster.Crash(host);

        Assert.NotNull((await session.Update("t1", TaskState.Unreachable)).UnreachableSince);
    }

    [Fact]
    public async Task A_framework_is_resumed_by_its_id_by_another_program()
    {
        await using var cluster = new TestCluster();
        cluster.Start();
        FrameworkId id;
        await using (var client = cluster.Connect())
        await using (var session = await client.RegisterAsync(new FrameworkInfo { Name = "batch" }).WaitAsync(TestCluster.Limit))
        {
            id = session.FrameworkId;
            await session.Launch(Session.Task("t1"));
            await session.Update("t1", TaskState.Running);
        }

        await using var other = cluster.Connect();
        await using var resumed = await other.ResumeAsync(new FrameworkInfo { Name = "batch" }, id).WaitAsync(TestCluster.Limit);

        (await resumed.KillAsync(new TaskId("t1"))).OrThrow();
        await resumed.Update("t1", TaskState.Killed);
    }
}
