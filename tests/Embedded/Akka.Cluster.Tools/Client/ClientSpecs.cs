using Akka.Actor;
using Akka.Cluster.Tools.Client;
using Akka.Event;

namespace Akka.Cluster.Tools.Specs.Client;

public sealed class ClientSpecs : ClientSpec
{
    [Fact]
    public async Task Messages_reach_services_by_path_and_answers_come_back()
    {
        var nodes = await FormWithReceptionists(2);
        Service(nodes[1]);
        await using var outside = Outside.Start();

        Assert.Equal(nodes[1].SelfAddress, await EventuallyAnswered(outside.Client(nodes[0])));
    }

    [Fact]
    public async Task A_service_on_another_node_than_the_receptionist_answers_by_way_of_that()
    {
        var nodes = await FormWithReceptionists(2);
        await using var outside = Outside.Start();
        var client = outside.Client(nodes[0]);
        var receptionist = await ReceptionistOf(client, nodes);
        var other = nodes.Single(node => node != receptionist);
        Service(other);
        Assert.Equal(other.SelfAddress, await EventuallyAnswered(client));
        using var inbox = Inbox.Create(outside.System);

        client.Tell(new ClusterClient.Send("/user/service", "twice"), inbox.Receiver);

        Assert.Equal(["first", "second"], [await inbox.ReceiveAsync(Limit), await inbox.ReceiveAsync(Limit)]);
    }

    [Fact]
    public async Task All_services_of_a_path_and_all_subscribers_of_a_topic_are_reached()
    {
        var nodes = await FormWithReceptionists(2);
        await using var outside = Outside.Start();
        var client = outside.Client(nodes[0]);
        var services = nodes.Select(Service).ToArray();
        using var inbox = Inbox.Create(outside.System);
        // Receptionists hear of each other's services soon, not at once.
        var seen = new HashSet<object>();
        while (seen.Count < 2)
        {
            client.Tell(new ClusterClient.SendToAll("/user/service", "where"), inbox.Receiver);
            seen.Add(await inbox.ReceiveAsync(Limit));
        }

        foreach (var (node, service) in nodes.Zip(services)) ClusterClientReceptionist.Get(node.System).RegisterSubscriber("news", service);
        await Eventually(async () =>
        {
            client.Tell(new ClusterClient.Publish("news", "paper"));
            var got = await Task.WhenAll(services.Select(service => service.Ask<string>("what", Limit)));
            return got.All(what => what.Contains("paper"));
        });
    }

    [Fact]
    public async Task What_is_not_registered_any_more_is_not_reached()
    {
        var nodes = await FormWithReceptionists(1);
        var service = Service(nodes[0]);
        await using var outside = Outside.Start();
        var client = outside.Client(nodes[0]);
        await EventuallyAnswered(client);
        using var deadLetters = Inbox.Create(nodes[0].System);
        nodes[0].System.EventStream.Subscribe(deadLetters.Receiver, typeof(DeadLetter));

        ClusterClientReceptionist.Get(nodes[0].System).UnregisterService(service);
        client.Tell(new ClusterClient.Send("/user/service", "late"));

        Assert.Equal("late", WrappedMessage.Unwrap(await deadLetters.ReceiveAsync(Limit)));
    }

    [Fact]
    public async Task Messages_wait_in_order_until_there_is_a_receptionist()
    {
        var node = Start();
        await using var outside = Outside.Start();
        var client = outside.Client(node);
        for (var i = 0; i < 500; i++) client.Tell(new ClusterClient.Send("/user/service", i.ToString()));

        Service(node);
        node.Join(node.SelfAddress);

        Assert.Equal(
            string.Join(",", Enumerable.Range(0, 500)), await client.Ask<string>(new ClusterClient.Send("/user/service", "what"), Limit));
    }

    [Fact]
    public async Task The_oldest_message_gives_way_when_the_buffer_is_full()
    {
        var node = Start();
        await using var outside = Outside.Start();
        using var dropped = Inbox.Create(outside.System);
        outside.System.EventStream.Subscribe(dropped.Receiver, typeof(Dropped));
        var client = outside.Client(settings => settings.WithBufferSize(3), Outside.ReceptionistOf(node));

        foreach (var message in new[] { "a", "b", "c", "d" }) client.Tell(new ClusterClient.Send("/user/service", message));

        Assert.Equal(new ClusterClient.Send("/user/service", "a"), ((Dropped)await dropped.ReceiveAsync(Limit)).Message);
    }

    [Fact]
    public async Task A_client_without_a_buffer_drops_what_comes_too_early()
    {
        var node = Start();
        await using var outside = Outside.Start();
        using var dropped = Inbox.Create(outside.System);
        outside.System.EventStream.Subscribe(dropped.Receiver, typeof(Dropped));

        outside.Client(settings => settings.WithBufferSize(0), Outside.ReceptionistOf(node)).Tell(new ClusterClient.Publish("topic", "early"));

        Assert.Equal(new ClusterClient.Publish("topic", "early"), ((Dropped)await dropped.ReceiveAsync(Limit)).Message);
    }

    [Fact]
    public async Task A_client_that_finds_no_receptionist_for_the_time_that_is_set_stops()
    {
        var node = Start();
        await using var outside = Outside.Start();
        using var inbox = Inbox.Create(outside.System);

        inbox.Watch(outside.Client(settings => settings.WithReconnectTimeout(TimeSpan.FromMilliseconds(300)), Outside.ReceptionistOf(node)));

        Assert.IsType<Terminated>(await inbox.ReceiveAsync(Limit));
    }

    [Fact]
    public async Task A_client_without_initial_contacts_does_not_start()
    {
        await using var outside = Outside.Start();
        using var inbox = Inbox.Create(outside.System);

        inbox.Watch(outside.System.ActorOf(ClusterClient.Props(ClusterClientSettings.Create(outside.System))));

        Assert.IsType<Terminated>(await inbox.ReceiveAsync(Limit));
    }

    [Fact]
    public async Task An_answer_finds_its_way_for_a_while_after_the_last_message_only()
    {
        var nodes = await FormWithReceptionists(1, "akka.cluster.client.receptionist.response-tunnel-receive-timeout = 200 ms");
        var service = Service(nodes[0]);
        await using var outside = Outside.Start();
        using var inbox = Inbox.Create(outside.System);

        outside.Client(nodes[0]).Tell(new ClusterClient.Send("/user/service", new WatchMe()), inbox.Receiver);

        // The service sees the end of the way as the end of who sent the message.
        await Eventually(async () => await service.Ask<string>("what", Limit) == "terminated");
    }

    private static async Task Eventually(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, $"It did not come true within {Limit}");
            await Task.Delay(20);
        }
    }
}
