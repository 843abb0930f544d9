using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorScheduler.Client.Specs;

public sealed class SessionSpecs : TestKit
{
    private readonly TestProbe _masters;
    private readonly SchedulerClient _client;

    public SessionSpecs()
        : base("akka.loglevel = WARNING")
    {
        _masters = CreateTestProbe();
        _client = SchedulerClient.OnNode(Sys, new ProbeLink(_masters), new SchedulerClientOptions { RetryInterval = TimeSpan.FromMilliseconds(100) });
    }

    [Fact]
    public async Task A_command_is_sent_until_it_is_answered_with_one_request_id()
    {
        var (session, _) = await Begin();
        var killing = session.KillAsync(new TaskId("t1"));

        var first = Next<KillTask>();
        var again = Next<KillTask>();
        _masters.Reply(new CommandDone(again.RequestId));

        Assert.Equal(first.RequestId, again.RequestId);
        Assert.True((await killing).IsDone);
    }

    [Fact]
    public async Task A_session_that_is_not_known_any_more_subscribes_again_under_its_id()
    {
        var (session, subscribe) = await Begin();

        subscribe.Scheduler.Tell(new SessionEnded(session.FrameworkId, subscribe.Session, SessionEnd.Unknown, "failover"));

        var again = Next<Subscribe>();
        Assert.Equal((subscribe.FrameworkId, subscribe.Session, false), (again.FrameworkId, again.Session, again.IsNew));
    }

    [Fact]
    public async Task An_update_is_read_once_and_acknowledged_when_the_next_is_asked_for()
    {
        var (session, subscribe) = await Begin();
        var update = new TaskStatus(new TaskId("t1"), TaskState.Running, TaskSource.Executor, Uuid: Guid.NewGuid());
        var last = update with { TaskId = new TaskId("t2"), Uuid = Guid.NewGuid() };
        foreach (var sent in new[] { update, update, last })
            subscribe.Scheduler.Tell(new UpdatesReceived(session.FrameworkId, subscribe.Session, [sent]));

        var read = new List<string>();
        await foreach (var received in session.UpdatesAsync())
        {
            read.Add(received.TaskId.Value);
            if (received.TaskId == last.TaskId)
                break;
        }

        Assert.Equal(["t1", "t2"], read);
        Assert.Equal(update.Uuid, Assert.Single(Next<AcknowledgeUpdates>().Updates).Uuid);
    }

    [Fact]
    public async Task An_acknowledgement_that_was_lost_is_said_again_when_its_update_comes_again()
    {
        var (session, subscribe) = await Begin();
        var update = new TaskStatus(new TaskId("t1"), TaskState.Running, TaskSource.Executor, Uuid: Guid.NewGuid());
        subscribe.Scheduler.Tell(new UpdatesReceived(session.FrameworkId, subscribe.Session, [update]));
        await foreach (var received in session.UpdatesAsync())
        {
            await session.AcknowledgeAsync(received);
            break;
        }
        Next<AcknowledgeUpdates>();

        subscribe.Scheduler.Tell(new UpdatesReceived(session.FrameworkId, subscribe.Session, [update]));

        Assert.Equal(update.Uuid, Assert.Single(Next<AcknowledgeUpdates>().Updates).Uuid);
    }

    [Fact]
    public async Task A_refusal_is_an_answer_and_not_an_exception()
    {
        var (session, _) = await Begin();
        var launching = session.AcceptAsync([new OfferId("o")], []);

        _masters.Reply(new CommandRefused(Next<AcceptOffers>().RequestId, RefusalKind.Invalid, new Problem("operations", "no")));

        var result = await launching;
        Assert.Equal((RefusalKind.Invalid, "operations"), (result.Kind, result.Problem!.Field));
        Assert.Throws<CommandRefusedException>(result.OrThrow);
    }

    private async Task<(FrameworkSession Session, Subscribe Subscribe)> Begin()
    {
        var beginning = _client.RegisterAsync(new FrameworkInfo { Name = "f" });
        var subscribe = Next<Subscribe>();
        subscribe.Scheduler.Tell(new Subscribed(subscribe.FrameworkId, subscribe.Session, TimeSpan.FromMilliseconds(100), 0, []));
        return (await beginning, subscribe);
    }

    private T Next<T>() => (T)_masters.FishForMessage(static message => message is T, TimeSpan.FromSeconds(10));

    private sealed class ProbeLink(IActorRef probe) : MasterLink
    {
        public override void Send(IAllocatorMessage message, IActorRef sender) => probe.Tell(message, sender);

        public override void Send(IFrameworkMessage message, IActorRef sender) => probe.Tell(message, sender);
    }
}
