using Akka.Actor;

namespace Akka.Specs.Inboxes;

public class InboxSpecs() : Akka.TestKit.Xunit2.TestKit("akka.actor.inbox { inbox-size = 3, default-timeout = 100ms }")
{
    [Fact]
    public void Messages_are_received_in_order_and_by_predicate()
    {
        using var inbox = Inbox.Create(Sys);
        inbox.Receiver.Tell("a");
        inbox.Receiver.Tell("b");
        inbox.Receiver.Tell(3);

        Assert.Equal(3, inbox.ReceiveWhere(message => message is int));
        Assert.Equal("a", inbox.Receive());
        Assert.Equal("b", inbox.Receive());
    }

    [Fact]
    public async Task Waiting_in_vain_ends_with_a_timeout()
    {
        using var inbox = Inbox.Create(Sys);

        Assert.Throws<TimeoutException>(() => inbox.Receive());
        Assert.Throws<TimeoutException>(() => inbox.Receive(TimeSpan.FromMilliseconds(10)));
        Assert.IsType<TimeoutException>(Assert.IsType<Status.Failure>(await inbox.ReceiveAsync(TimeSpan.FromMilliseconds(10))).Cause);
        inbox.Receiver.Tell("later");
        Assert.Equal("later", await inbox.ReceiveAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Answers_and_ends_of_actors_come_to_the_inbox()
    {
        using var inbox = Inbox.Create(Sys);
        inbox.Watch(TestActor);
        inbox.Send(TestActor, "hello");
        ExpectMsg("hello");
        Assert.Equal(inbox.Receiver, LastSender);
        Sys.Stop(TestActor);

        Assert.Equal(TestActor, Assert.IsType<Terminated>(inbox.Receive(TimeSpan.FromSeconds(5))).ActorRef);
    }

    [Fact]
    public void More_messages_than_the_inbox_takes_are_dropped()
    {
        using var inbox = Inbox.Create(Sys);
        EventFilter.Warning(start: "Dropping message").ExpectOne(() =>
        {
            for (var i = 0; i < 5; i++)
            {
                inbox.Receiver.Tell(i);
            }
        });

        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(_ => inbox.Receive()));
        Assert.Throws<TimeoutException>(() => inbox.Receive());
    }
}
