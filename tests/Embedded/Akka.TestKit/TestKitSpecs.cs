using Akka.Actor;
using Akka.Actor.Dsl;
using Akka.TestKit;
using Xunit.Sdk;

namespace Akka.Specs.TestKit;

public class TestKitSpecs : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(30);

    [Fact]
    public void Expecting_takes_the_next_message_and_fails_on_another_type_value_or_none()
    {
        TestActor.Tell(1);
        TestActor.Tell("two");
        TestActor.Tell(3);

        ExpectMsg(1);
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>());
        Assert.ThrowsAny<XunitException>(() => ExpectMsg(4));
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>(Soon));
    }

    [Fact]
    public void Several_messages_are_expected_in_any_order_or_as_alternatives()
    {
        foreach (var message in new[] { 3, 1, 2, 9 }) TestActor.Tell(message);

        ExpectMsgAllOf(1, 2, 3);
        Assert.Equal(9, ExpectMsgAnyOf([8, 9]));
        TestActor.Tell(5);
        Assert.ThrowsAny<XunitException>(() => ExpectMsgAnyOf([8, 9]));
    }

    [Fact]
    public void Fishing_drops_what_comes_before()
    {
        foreach (var message in new object[] { 1, "a", 2 }) TestActor.Tell(message);

        Assert.Equal(2, FishForMessage<int>(number => number == 2));
        Assert.ThrowsAny<XunitException>(() => FishForMessage<int>(_ => true, Soon));
    }

    [Fact]
    public void Receiving_while_leaves_the_first_that_does_not_fit()
    {
        foreach (var message in new object[] { "a", "b", 3 }) TestActor.Tell(message);

        Assert.Equal(["a", "b"], ReceiveWhile(message => message as string));
        ExpectMsg(3);
    }

    [Fact]
    public void Ignored_messages_are_not_seen_until_that_is_taken_back()
    {
        IgnoreMessages<string>();
        TestActor.Tell("a");
        TestActor.Tell(1);
        ExpectMsg(1);

        IgnoreNoMessages();
        TestActor.Tell("a");
        ExpectMsg("a");
    }

    [Fact]
    public void A_condition_that_does_not_come_to_hold_says_how_long_it_waited()
    {
        var failure = Assert.ThrowsAny<XunitException>(() => AwaitCondition(() => false, Soon));

        Assert.Contains("expired while waiting for condition", failure.Message, StringComparison.Ordinal);
        AwaitCondition(() => true);
    }

    [Fact]
    public void An_assertion_is_repeated_until_it_holds_or_its_last_failure_is_thrown()
    {
        var attempts = 0;

        AwaitAssert(() => Assert.Equal(3, ++attempts), interval: TimeSpan.FromMilliseconds(5));

        Assert.Throws<EqualException>(() => AwaitAssert(() => Assert.Equal("foo", "bar"), Soon, TimeSpan.FromMilliseconds(5)));
    }

    [Fact]
    public void A_block_has_to_take_the_time_that_it_is_given()
    {
        Within(TimeSpan.FromSeconds(3), () => ExpectNoMsg(10));
        Assert.ThrowsAny<XunitException>(() => Within(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), () => { }));
        Assert.Throws<InvalidOperationException>(() => Remaining);
        Within(TimeSpan.FromSeconds(20), () => Assert.InRange(Remaining, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Waits_exist_without_blocking_too()
    {
        TestActor.Tell("a");
        await ExpectMsgAsync("a");
        await ExpectNoMsgAsync(10);
        await AwaitAssertAsync(() => { });
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<int>(Soon));

        // The test actor stays the sender behind an await.
        var echo = Sys.ActorOf(act => act.ReceiveAny((message, context) => context.Sender.Tell(message)));
        await Task.Yield();
        echo.Tell("b");
        await ExpectMsgAsync("b");
    }

    [Fact]
    public void A_probe_answers_forwards_and_acts_by_itself()
    {
        var (one, two) = (CreateTestProbe(), CreateTestProbe());

        one.Ref.Tell("question");
        one.ExpectMsg("question");
        Assert.Equal(TestActor, one.Sender);
        one.Reply("answer");
        ExpectMsg("answer");
        one.Forward(two);
        two.ExpectMsg("question");
        Assert.Equal(TestActor, two.Sender);

        one.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell($"auto {message}");
            return AutoPilotOnce();
        }));
        one.Ref.Tell(1);
        one.Ref.Tell(2);
        ExpectMsg("auto 1");
        Assert.Equal([1, 2], one.ReceiveN(2));
        Assert.False(HasMessages);
    }

    [Fact]
    public void A_test_actor_reference_runs_its_actor_on_this_thread()
    {
        var actor = ActorOfAsTestActorRef<Counter>();

        actor.Tell(2);
        actor.Tell(3);

        Assert.Equal(5, actor.UnderlyingActor.Sum);
        Assert.Equal(Environment.CurrentManagedThreadId, actor.UnderlyingActor.ThreadId);
        Assert.Throws<InvalidOperationException>(() => actor.Receive("boom"));
    }

    [Fact]
    public async Task Probes_that_send_to_each_other_from_many_threads_do_not_lock_up()
    {
        var (one, two) = (CreateTestProbe(), CreateTestProbe());
        foreach (var (probe, other) in new[] { (one, two), (two, one) })
            probe.SetAutoPilot(new DelegateAutoPilot((_, message) =>
            {
                if (message is > 0) other.Ref.Tell((int)message - 1, probe.Ref);
                return Akka.TestKit.TestActor.KeepRunning;
            }));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 2 == 0 ? one : two).Ref.Tell(50, ActorRefs.NoSender))))
            .WaitAsync(TimeSpan.FromSeconds(5));

        await AwaitAssertAsync(() => Assert.True(one.HasMessages && two.HasMessages));
        Assert.Equal(8 * 51, one.ReceiveWhile<object>(m => m, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(50)).Count +
            two.ReceiveWhile<object>(m => m, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(50)).Count);
    }

    [Fact]
    public void A_latch_opens_after_as_many_counts()
    {
        var latch = CreateTestLatch(2);
        latch.CountDown();
        Assert.False(latch.IsOpen);
        Assert.Throws<TimeoutException>(() => latch.Ready(Soon));
        latch.CountDown();
        latch.Ready();
        Assert.True(latch.IsOpen);
    }

    private static AutoPilot AutoPilotOnce() => Akka.TestKit.TestActor.NoAutoPilot;

    private sealed class Counter : ReceiveActor
    {
        public Counter()
        {
            Receive<int>(number =>
            {
                Sum += number;
                ThreadId = Environment.CurrentManagedThreadId;
            });
            Receive<string>(message => throw new InvalidOperationException(message));
        }

        public int Sum { get; private set; }

        public int ThreadId { get; private set; }
    }
}
