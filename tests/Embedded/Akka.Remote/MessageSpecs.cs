using Akka.Actor;
using Akka.Event;

namespace Akka.Remote.Specs;

public sealed class MessageSpecs : RemoteSpec
{
    public sealed record Order(int Number, string Text, IActorRef? Customer);

    [Fact]
    public async Task An_actor_of_another_node_is_found_by_its_path_and_answers()
    {
        var echo = await RemoteEcho("echo");

        echo.Tell("hello");

        await ExpectMsgAsync("hello");
        Assert.Equal(echo, LastSender);
        Assert.False(((IActorRefScope)echo).IsLocal);
        Assert.Equal(AddressOf(Other), echo.Path.Address);
    }

    [Fact]
    public async Task Asks_cross_the_wire_with_values_of_all_kinds()
    {
        var echo = await RemoteEcho();
        object[] values = [1, 2L, "text", 1.5, true, new byte[] { 1, 2 }, new Order(7, "seven", null), Guid.NewGuid(), DateTimeOffset.UnixEpoch];

        foreach (var value in values) Assert.Equal(value, await echo.Ask<object>(value, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task Messages_of_one_sender_keep_their_order()
    {
        var echo = await RemoteEcho();

        for (var i = 0; i < 10_000; i++) echo.Tell(i);

        for (var i = 0; i < 10_000; i++) await ExpectMsgAsync(i);
    }

    [Fact]
    public async Task References_inside_messages_lead_back()
    {
        var probe = CreateTestProbe();
        var customer = Other.ActorOf(Props.Create(() => new Greeter()));
        var remote = await Remotely(Other, customer);

        remote.Tell(new Order(1, "one", probe.Ref));

        await probe.ExpectMsgAsync("hello 1");
        Assert.Equal(remote, probe.LastSender);
    }

    [Fact]
    public async Task A_failure_as_an_answer_is_thrown_with_its_type_and_message()
    {
        var failing = await Remotely(Other, Other.ActorOf(Props.Create(() => new Failing())));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => failing.Ask<string>("?", TimeSpan.FromSeconds(5)));

        Assert.Equal("no luck", failure.Message);
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_not_sent_and_the_error_names_type_and_size()
    {
        var echo = await RemoteEcho();

        await EventFilter.Error(contains: "System.Byte[]] has 1000000 bytes").ExpectOneAsync(() => echo.Tell(new byte[1_000_000]));

        echo.Tell("still there");
        await ExpectMsgAsync("still there");
    }

    [Fact]
    public async Task Selections_with_wildcards_reach_actors_of_another_node()
    {
        await RemoteEcho("a-1");
        await RemoteEcho("a-2");

        Sys.ActorSelection($"{AddressOf(Other)}/user/a-*").Tell("all");

        await ExpectMsgAsync("all");
        await ExpectMsgAsync("all");
    }

    [Fact]
    public async Task Identify_of_nobody_is_answered_with_nobody()
    {
        var identity = await Sys.ActorSelection($"{AddressOf(Other)}/user/nobody").Ask<ActorIdentity>(new Identify(1), TimeSpan.FromSeconds(5));

        Assert.Null(identity.Subject);
    }

    [Fact]
    public async Task PoisonPill_stops_an_actor_of_another_node_and_later_messages_are_its_nodes_dead_letters()
    {
        var probe = CreateTestProbe(Other);
        Other.EventStream.Subscribe(probe.Ref, typeof(DeadLetter));
        var echo = await RemoteEcho();
        Watch(echo);

        echo.Tell(PoisonPill.Instance);
        await ExpectTerminatedAsync(echo);
        echo.Tell("too late");

        await probe.FishForMessageAsync<DeadLetter>(letter => letter.Message is "too late");
    }

    [Fact]
    public async Task Messages_to_a_node_that_is_not_there_become_dead_letters()
    {
        var probe = CreateTestProbe();
        Sys.EventStream.Subscribe(probe.Ref, typeof(DeadLetter));
        var nobody = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef("akka.tcp://gone@127.0.0.1:1/user/a");

        nobody.Tell("lost");

        await probe.FishForMessageAsync<DeadLetter>(letter => letter.Message is "lost");
    }

    private sealed class Greeter : ReceiveActor
    {
        public Greeter() => Receive<Order>(order => order.Customer!.Tell($"hello {order.Number}"));
    }

    private sealed class Failing : ReceiveActor
    {
        public Failing() => ReceiveAny(_ => Sender.Tell(new Status.Failure(new InvalidOperationException("no luck"))));
    }
}
