using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Master.Specs.Frameworks;

public sealed class SessionSpecs : FrameworkSpec
{
    [Fact]
    public void A_scheduler_that_subscribes_is_registered_with_the_allocator_as_active()
    {
        var subscribed = Subscribe();

        Assert.Empty(subscribed.Warnings);
        var register = Next<RegisterFramework>(Allocator, message => message.IsActive);
        Assert.Equal(("batch", "eng"), (register.Info.Name, Assert.Single(register.Info.Roles)));
    }

    [Fact]
    public void A_failover_time_out_of_zero_is_warned_of() =>
        Assert.Contains("failover_timeout", Assert.Single(Subscribe(Info with { FailoverTimeout = TimeSpan.Zero }).Warnings), StringComparison.Ordinal);

    [Fact]
    public void A_second_scheduler_takes_the_place_of_the_first_which_is_told()
    {
        Subscribe();
        var (second, session) = (CreateTestProbe(), Guid.NewGuid());

        Framework.Tell(new Subscribe(Id, session, second, Info, [], IsNew: false), second);

        Assert.Equal(SessionEnd.Replaced, Next<SessionEnded>(Scheduler).End);
        second.ExpectMsg<Subscribed>();
        var request = Guid.NewGuid();
        Framework.Tell(new SuppressOffers(Id, Session, request, []), Scheduler);
        Assert.Equal(RefusalKind.NotSubscribed, Next<CommandRefused>(Scheduler).Kind);
    }

    [Theory]
    [InlineData("", "eng", "name")]
    [InlineData("batch", "a//b", "roles[0]")]
    public void What_a_framework_says_of_itself_is_checked(string name, string role, string field)
    {
        Framework.Tell(new Subscribe(Id, Session, Scheduler, new FrameworkInfo { Name = name, Roles = [role] }, [], IsNew: true), Scheduler);

        Assert.Equal(field, Scheduler.ExpectMsg<SubscriptionRefused>().Problem.Field);
    }

    [Fact]
    public void A_framework_that_nobody_knows_cannot_be_resumed()
    {
        Framework.Tell(new Subscribe(Id, Session, Scheduler, Info, [], IsNew: false), Scheduler);

        Assert.Equal(RefusalKind.Unknown, Scheduler.ExpectMsg<SubscriptionRefused>().Kind);
    }

    [Fact]
    public void The_principal_cannot_change()
    {
        Subscribe(Info with { Principal = "alice" });

        Framework.Tell(new Subscribe(Id, Guid.NewGuid(), Scheduler, Info with { Principal = "mallory" }, [], IsNew: false), Scheduler);

        Assert.Equal("framework_info.principal", Next<SubscriptionRefused>(Scheduler).Problem.Field);
    }

    [Fact]
    public void A_session_goes_on_after_a_failover_without_subscribing_again()
    {
        Subscribe();
        Restart();

        Framework.Tell(new KeepSession(Id, Session, Scheduler), Scheduler);

        Next<SessionAlive>(Scheduler);
        Next<RegisterFramework>(Allocator, message => message.IsActive);
        Launch(Task("t1"));
    }

    [Fact]
    public void A_session_that_is_not_known_is_told_so()
    {
        Framework.Tell(new KeepSession(Id, Session, Scheduler), Scheduler);

        Assert.Equal(SessionEnd.Unknown, Next<SessionEnded>(Scheduler).End);
    }

    [Fact]
    public void A_scheduler_that_leaves_gets_no_offers_and_its_tasks_go_on()
    {
        Subscribe();
        Launch(Task("t1"));

        Framework.Tell(new EndSession(Id, Session), Scheduler);

        Next<RegisterFramework>(Allocator, message => !message.IsActive);
        Framework.Tell(new OffersMade(Id, new Epoch(1), [new Offer(OfferId, Id, "eng", new AgentInfo(AgentId, "h"), Resources.Of(cpus: 1))]), Allocator);
        Assert.Equal(OfferId, Assert.Single(Next<ReturnOffers>(Allocator).OfferIds));
        Assert.NotNull(Snapshot().DisconnectedSince);
        Agent.ExpectNoMsg(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public void With_a_failover_time_out_of_zero_all_tasks_end_when_the_scheduler_leaves()
    {
        Subscribe(Info with { FailoverTimeout = TimeSpan.Zero });
        Launch(Task("t1"));
        Report(Status("t1", TaskState.Running));
        Next<UpdatesKept>(Agent);

        Framework.Tell(new EndSession(Id, Session), Scheduler);

        Next<EndFramework>(Agent);
        Report(Status("t1", TaskState.Killed));
        Next<RemoveFramework>(Allocator);
        Framework.Tell(new Subscribe(Id, Guid.NewGuid(), Scheduler, Info, [], IsNew: false), Scheduler);
        Assert.Contains("has been removed", Next<SubscriptionRefused>(Scheduler).Problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Suppression_outlives_a_failover_and_ends_by_reviving()
    {
        Subscribe();
        Framework.Tell(new SuppressOffers(Id, Session, Guid.NewGuid(), []), Scheduler);
        Next<CommandDone>(Scheduler);
        Restart();
        Assert.Equal("eng", Assert.Single(Next<RegisterFramework>(Allocator, message => message.SuppressedRoles.Count > 0).SuppressedRoles));

        Framework.Tell(new KeepSession(Id, Session, Scheduler), Scheduler);
        Framework.Tell(new ReviveOffers(Id, Session, Guid.NewGuid(), ["eng"]), Scheduler);

        Next<ReviveRoles>(Allocator);
        Next<CommandDone>(Scheduler);
    }

    [Fact]
    public void A_framework_that_nobody_comes_back_to_ends_by_itself_once_its_tasks_have_ended()
    {
        Subscribe(Info with { Labels = new Labels(new Label(FrameworkInfo.EndAfterLabel, "0")) });
        Launch(Task("t1"));
        Framework.Tell(new EndSession(Id, Session), Scheduler);
        AwaitAssert(() => Assert.NotNull(Snapshot().DisconnectedSince));
        Assert.DoesNotContain(Allocator.ReceiveWhile<object>(TimeSpan.FromMilliseconds(300), static message => message), static message => message is RemoveFramework);

        Report(Status("t1", TaskState.Finished));

        Next<RemoveFramework>(Allocator);
    }

    [Fact]
    public void A_framework_whose_scheduler_is_there_does_not_end_by_itself()
    {
        Subscribe(Info with { Labels = new Labels(new Label(FrameworkInfo.EndAfterLabel, "0")) });
        Launch(Task("t1"));
        Report(Status("t1", TaskState.Finished));
        Acknowledge(NextUpdate("t1", TaskState.Finished));

        Assert.DoesNotContain(Allocator.ReceiveWhile<object>(TimeSpan.FromMilliseconds(300), static message => message), static message => message is RemoveFramework);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("soon", null)]
    [InlineData("-1", null)]
    [InlineData("90", 90)]
    public void The_time_until_it_ends_by_itself_is_a_label(string? value, int? seconds) => Assert.Equal(
        seconds is { } number ? TimeSpan.FromSeconds(number) : null,
        (Info with { Labels = value is null ? Labels.Empty : new Labels(new Label(FrameworkInfo.EndAfterLabel, value)) }).EndAfter);
}
