using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using Akka.Actor;

namespace ActorScheduler.Cluster.Specs;

/// <summary>Questions about tasks find their agent from any node.</summary>
public sealed class FilesSpecs
{
    [Fact]
    public async Task Any_node_can_ask_about_a_task_and_is_answered_by_its_agent()
    {
        await using var cluster = new TestCluster();
        ActorSystem master = cluster.Start(isAgent: false);
        cluster.Start(isMaster: false);
        await using var client = cluster.Connect();
        await using var session = await client.RegisterAsync(new FrameworkInfo { Name = "batch" }).WaitAsync(TestCluster.Limit);
        await session.Launch(Session.Task("t1"));
        AgentId agent = (await session.Update("t1", TaskState.Running)).AgentId!.Value;
        var link = ClientLink.Start(master, [Akka.Cluster.Cluster.Get(master).SelfAddress], "questions");

        Assert.NotEqual("", Assert.IsType<UsageRead>(await Ask(new GetUsage(session.FrameworkId, new TaskId("t1")))).RunId);
        Assert.Equal(
            "nothing can be run in a simulated container",
            Assert.IsType<CommandRefused>(await Ask(new ExecuteInTask(session.FrameworkId, new TaskId("t1"), master.ActorOf(Props.Empty), ["sh"]))).Problem.Reason);
        // Simulated tasks have no files, and their agent says so.
        Assert.Contains("no sandbox", Assert.IsType<CommandRefused>(await Ask(new ListFiles(session.FrameworkId, new TaskId("t1")))).Problem.Reason, StringComparison.Ordinal);
        Assert.Contains("this agent has no task 'gone'", Assert.IsType<CommandRefused>(await Ask(new ListFiles(session.FrameworkId, new TaskId("gone"), AgentId: agent))).Problem.Reason, StringComparison.Ordinal);
        Assert.Contains("'gone' is not known", Assert.IsType<CommandRefused>(await Ask(new ListFiles(session.FrameworkId, new TaskId("gone")))).Problem.Reason, StringComparison.Ordinal);
        Assert.Contains("is not registered", Assert.IsType<CommandRefused>(await Ask(new GetUsage(session.FrameworkId, new TaskId("t1"), AgentId: new AgentId("nowhere")))).Problem.Reason, StringComparison.Ordinal);
        Assert.Contains("framework 'none' is not known", Assert.IsType<CommandRefused>(await Ask(new GetUsage(new FrameworkId("none"), new TaskId("t1")))).Problem.Reason, StringComparison.Ordinal);

        async Task<object> Ask(ITaskQuestion question)
        {
            using Inbox inbox = Inbox.Create(master);
            link.Send(question, inbox.Receiver);
            return await inbox.ReceiveAsync(TestCluster.Limit);
        }
    }
}
