using System.Globalization;
using ActorScheduler.Client;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using ActorScheduler.Protocol.Serialization;
using Akka.Actor;

namespace ActorScheduler.Cluster.Specs;

/// <summary>One agent with so many tasks that what it has to say of them is larger than any message may be.</summary>
public sealed class ManyTasksSpecs
{
    private const int LargestMessage = 16 * 1024 * 1024;

    [Fact]
    public async Task An_agent_with_twenty_thousand_tasks_keeps_each_of_them_through_a_failover()
    {
        const int Tasks = 20_000;
        await using var cluster = new TestCluster();
        var first = cluster.Start(isAgent: false);
        cluster.Start(isAgent: false);
        cluster.Start(isAgent: false);
        cluster.AddAgent(cluster.Start(isMaster: false, isAgent: false), cpus: Tasks / 100, mem: Tasks);
        await using SchedulerClient client = cluster.Connect();
        await using FrameworkSession session = await client.RegisterAsync(new FrameworkInfo { Name = "f" }).WaitAsync(TestCluster.Limit);
        await LaunchMany(session, Tasks, inOneCall: 2000, new string('x', 800));
        await AllBecome(session, TaskState.Running, Tasks);
        IReadOnlyList<TaskSummary> before = await All(client, session);
        Assert.True(SizeOf(before) > LargestMessage);
        Epoch epoch = (await Summary()).Epoch;

        await cluster.Crash(first);

        await Session.Eventually(async () => await Summary() is { RegisteredAgents: 1, Tasks: Tasks } summary && summary.Epoch > epoch, "the agent is back with its tasks");
        (await session.KillAsync(new TaskId("t0"))).OrThrow();
        await session.Update("t0", TaskState.Killed);
        Assert.Equal(Tasks, before.Count);
        Assert.Equal(
            before.Select(static task => task.Task.Id).Where(static id => id.Value != "t0"),
            (await All(client, session)).Where(static task => task.Status.State == TaskState.Running).Select(static task => task.Task.Id));

        Task<ClusterSummary> Summary() => client.AskAllocatorAsync<ClusterSummary>(new GetClusterSummary());
    }

    [Fact]
    public async Task An_agent_that_was_not_heard_of_comes_back_with_more_than_a_message_holds_and_all_of_it_runs_again()
    {
        const int Tasks = 4000;
        await using var cluster = new TestCluster();
        cluster.Start(isAgent: false);
        LinkThatCanBeCut? link = null;
        // On a node of its own: what goes to another one has to fit into a message.
        cluster.AddAgent(cluster.Start(isMaster: false, isAgent: false), cpus: Tasks / 100, mem: Tasks, link: through => link = new LinkThatCanBeCut(through));
        await using SchedulerClient client = cluster.Connect();
        await using FrameworkSession session = await client.RegisterAsync(new FrameworkInfo { Name = "f" }).WaitAsync(TestCluster.Limit);
        await LaunchMany(session, Tasks, inOneCall: 1000, new string('x', 4150));
        await AllBecome(session, TaskState.Running, Tasks);
        Assert.InRange(SizeOf(await All(client, session)), LargestMessage, LargestMessage + (LargestMessage / 10));

        link!.IsCut = true;
        await AllBecome(session, TaskState.Unreachable, Tasks);
        link.IsCut = false;

        // Only what the agent itself names runs again.
        await AllBecome(session, TaskState.Running, Tasks);
    }

    private static async Task LaunchMany(FrameworkSession session, int tasks, int inOneCall, string filling)
    {
        var labels = new Labels(new Label("filling", filling));
        Resources size = Resources.Of(cpus: 0.01, mem: 1);
        for (int begin = 0; begin < tasks; begin += inOneCall)
        {
            await session.Launch([.. Enumerable.Range(begin, inOneCall).Select(number => new TaskInfo
            {
                Id = new TaskId(string.Create(CultureInfo.InvariantCulture, $"t{number}")), Resources = size, Command = new CommandInfo("true"), Labels = labels,
            })]);
        }
    }

    private static async Task AllBecome(FrameworkSession session, TaskState state, int tasks)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var become = new HashSet<TaskId>();
        await foreach (TaskUpdate update in session.UpdatesAsync(limit.Token))
        {
            Assert.Equal(state, update.State);
            if (!become.Add(update.TaskId) || become.Count < tasks)
                continue;
            await session.AcknowledgeAsync(update);
            return;
        }
    }

    private static async Task<IReadOnlyList<TaskSummary>> All(SchedulerClient client, FrameworkSession session)
    {
        var all = new List<TaskSummary>();
        FrameworkSnapshot page;
        do
        {
            page = await client.AskFrameworkAsync<FrameworkSnapshot>(new GetFramework(session.FrameworkId, all.LastOrDefault()?.Task.Id, Count: 1000));
            all.AddRange(page.Tasks);
        }
        while (page.HasMore);
        return all;
    }

    private static long SizeOf(IReadOnlyList<TaskSummary> tasks) => tasks.Sum(static task => (long)WireSize.Of(new TaskOnAgent(task.Task, task.Role, task.Status)));

    private sealed class LinkThatCanBeCut(MasterLink link) : MasterLink
    {
        private volatile bool _isCut;

        public bool IsCut
        {
            set => _isCut = value;
        }

        protected override void Deliver(IAllocatorMessage message, IActorRef sender)
        {
            if (!_isCut)
                link.Send(message, sender);
        }

        protected override void Deliver(IFrameworkMessage message, IActorRef sender)
        {
            if (!_isCut)
                link.Send(message, sender);
        }
    }
}
