using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Client.Specs;

public sealed class SessionSpecs : SessionSpec
{
    [Fact]
    public async Task A_command_is_sent_until_it_is_answered_with_one_request_id()
    {
        var (session, _) = await Begin();
        var killing = session.KillAsync(new TaskId("t1"));

        var first = Next<KillTask>();
        var again = Next<KillTask>();
        Masters.Reply(new CommandDone(again.RequestId));

        Assert.Equal(first.RequestId, again.RequestId);
        Assert.True((await killing).IsDone);
    }

    [Fact]
    public async Task A_command_that_was_lost_while_the_framework_was_away_is_sent_again_at_its_first_sign_of_life()
    {
        var (session, subscribe) = await Begin();
        IsAway = true;
        var killing = session.KillAsync(new TaskId("t1"));
        // By its schedule it is sent after 1, 2, 4 and 8 intervals, and then not for another 8.
        for (var interval = 0; interval < 9; interval++)
            Next<KeepSession>();
        while (Masters.HasMessages)
            Masters.ReceiveOne(TimeSpan.Zero);

        subscribe.Scheduler.Tell(new SessionAlive(session.FrameworkId, subscribe.Session));

        var questions = 0;
        KillTask? again = null;
        Masters.FishForMessage(
            message =>
            {
                questions += message is KeepSession ? 1 : 0;
                again = message as KillTask;
                return again is not null;
            },
            TimeSpan.FromSeconds(60));
        Assert.InRange(questions, 0, 3);
        Masters.Reply(new CommandDone(again!.RequestId));
        Assert.True((await killing).IsDone);
    }

    [Fact]
    public async Task What_is_null_and_must_not_be_is_told_by_its_name_and_not_sent()
    {
        var (session, _) = await Begin();

        CommandResult accepted = await session.AcceptAsync([new OfferId("o")], [new OfferOperation.Launch([null!])]);
        CommandResult declined = await session.DeclineAsync(null!);

        Assert.Equal((RefusalKind.Invalid, new Problem("Launch.Tasks[]", "is null")), (accepted.Kind, accepted.Problem));
        Assert.Equal((RefusalKind.Invalid, new Problem("DeclineOffers.OfferIds", "is null")), (declined.Kind, declined.Problem));
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
        var update = new TaskUpdate(new TaskId("t1"), TaskState.Running, TaskSource.Executor, Uuid: Guid.NewGuid());
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
        var update = new TaskUpdate(new TaskId("t1"), TaskState.Running, TaskSource.Executor, Uuid: Guid.NewGuid());
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

        Masters.Reply(new CommandRefused(Next<AcceptOffers>().RequestId, RefusalKind.Invalid, new Problem("operations", "no")));

        var result = await launching;
        Assert.Equal((RefusalKind.Invalid, "operations"), (result.Kind, result.Problem!.Field));
        Assert.Throws<CommandRefusedException>(result.OrThrow);
    }

    [Fact]
    public async Task An_offer_that_is_open_after_the_masters_were_away_is_handed_out_once()
    {
        var (session, subscribe) = await Begin();
        Offer offer = new(new OfferId("o1"), session.FrameworkId, "*", new AgentInfo(new AgentId("a"), "host"), Resources.Of(cpus: 1));
        Offer last = offer with { Id = new OfferId("o2") };
        void Tell(params Offer[] offers) => subscribe.Scheduler.Tell(new OffersReceived(session.FrameworkId, subscribe.Session, offers));
        var away = new OffersWithdrawn(session.FrameworkId, subscribe.Session, []);

        // Once while it waits, once while it is with its reader.
        Tell(offer);
        subscribe.Scheduler.Tell(away);
        Tell(offer);
        await using IAsyncEnumerator<Offer> reader = session.OffersAsync().GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal("o1", reader.Current.Id.Value);
        subscribe.Scheduler.Tell(away);
        Tell(offer, last);
        Assert.True(await reader.MoveNextAsync());

        Assert.Equal("o2", reader.Current.Id.Value);
        _ = session.SuppressAsync();
        Masters.Reply(new CommandDone(Next<SuppressOffers>().RequestId));
        Assert.Equal(["o1", "o2"], Next<DeclineOffers>().OfferIds.Select(static id => id.Value).Order());
    }

    [Fact]
    public async Task A_launch_that_is_larger_than_a_message_may_be_is_refused_here()
    {
        var (session, _) = await Begin();
        TaskInfo[] tasks = [.. Enumerable.Range(0, 9).Select(static i => new TaskInfo { Id = new TaskId($"t{i}"), Resources = Resources.Of(cpus: 1), Data = new byte[1 << 20] })];

        CommandResult result = await session.AcceptAsync([new OfferId("o")], [new OfferOperation.Launch(tasks)]);

        Assert.Equal((RefusalKind.Invalid, "operations"), (result.Kind, result.Problem!.Field));
    }

    [Fact]
    public async Task Very_many_questions_go_in_several_messages()
    {
        var (session, _) = await Begin();
        Task<CommandResult> reconciling = session.ReconcileAsync([.. Enumerable.Range(0, 10_001).Select(static i => new TaskQuestion(new TaskId($"t{i}")))]);

        ReconcileTasks first = Next<ReconcileTasks>();
        Masters.Reply(new CommandDone(first.RequestId));
        ReconcileTasks second = (ReconcileTasks)Masters.FishForMessage(message => message is ReconcileTasks other && other.RequestId != first.RequestId, TimeSpan.FromSeconds(60));
        Masters.Reply(new CommandDone(second.RequestId));

        Assert.True((await reconciling).IsDone);
        Assert.Equal((10_000, 1), (first.Tasks.Count, second.Tasks.Count));
    }
}
