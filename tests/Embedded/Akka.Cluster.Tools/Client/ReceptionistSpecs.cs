using Akka.Actor;
using Akka.Cluster.Tools.Client;

namespace Akka.Cluster.Tools.Specs.Client;

public sealed class ReceptionistSpecs : ClientSpec
{
    [Fact]
    public async Task When_the_receptionists_node_crashes_the_client_goes_to_another_one_as_soon_as_the_link_breaks()
    {
        var nodes = await FormWithReceptionists(3);
        foreach (var node in nodes) Service(node);
        await using var outside = Outside.Start(PatientClient);
        var client = outside.Client(nodes[0]);
        var first = await ReceptionistOf(client, nodes);
        var left = nodes.Where(node => node != first).ToArray();
        Assert.Equal(first.SelfAddress, await EventuallyAnswered(client));

        await Crash(first);

        Assert.Contains(await EventuallyAnswered(client), left.Select(node => node.SelfAddress));
    }

    [Fact]
    public async Task A_receptionist_that_leaves_says_goodbye_and_the_client_goes_to_another_one()
    {
        var nodes = await FormWithReceptionists(3);
        foreach (var node in nodes) Service(node);
        await using var outside = Outside.Start(PatientClient);
        var client = outside.Client(nodes[0]);
        var first = await ReceptionistOf(client, nodes);
        var left = nodes.Where(node => node != first).ToArray();

        await first.LeaveAsync().WaitAsync(Limit);

        Assert.Contains(await EventuallyAnswered(client), left.Select(node => node.SelfAddress));
        await ReceptionistOf(client, left);
    }

    [Fact]
    public async Task A_receptionist_that_falls_silent_is_left_for_another_one()
    {
        var nodes = await FormWithReceptionists(1);
        Service(nodes[0]);
        var relay = nodes[0].System.ActorOf(Props.Create(() => new Relay(ClusterClientReceptionist.Get(nodes[0].System).Underlying)), "relay");
        await using var outside = Outside.Start("akka.cluster.client { heartbeat-interval = 100 ms, acceptable-heartbeat-pause = 300 ms }");
        var client = outside.Client(settings => settings, new RootActorPath(nodes[0].SelfAddress) / "user" / "relay");
        Assert.Equal(nodes[0].SelfAddress, await EventuallyAnswered(client));

        relay.Tell(Relay.Silence);

        // By the contact that it heard of meanwhile.
        Assert.Equal(nodes[0].SelfAddress, await EventuallyAnswered(client));
    }

    [Fact]
    public async Task Clients_hear_at_once_of_a_receptionist_that_comes()
    {
        var first = (await FormWithReceptionists(1))[0];
        Service(first);
        await using var outside = Outside.Start("akka.cluster.client.refresh-contacts-interval = 10 m");
        var client = outside.Client(first);
        await EventuallyAnswered(client);

        var second = Start();
        _ = ClusterClientReceptionist.Get(second.System);
        second.Join(first.SelfAddress);

        using var limit = new CancellationTokenSource(Limit);
        while (!(await client.Ask<ContactPoints>(GetContactPoints.Instance, Limit)).ContactPointsList.Any(point => point.Address.Equals(second.SelfAddress)))
            await Task.Delay(20, limit.Token);
    }

    [Fact]
    public async Task Messages_that_wait_survive_the_change_to_another_receptionist()
    {
        var node = (await FormWithReceptionists(1))[0];
        var port = node.SelfAddress.Port;
        Service(node);
        await using var outside = Outside.Start(PatientClient);
        var client = outside.Client(node);
        await EventuallyAnswered(client);
        using var inbox = Inbox.Create(outside.System);
        outside.System.EventStream.Subscribe(inbox.Receiver, typeof(Akka.Remote.DisassociatedEvent));
        await Crash(node);
        await inbox.ReceiveAsync(Limit);

        // The client heard of it before the inbox did.
        for (var i = 0; i < 100; i++) client.Tell(new ClusterClient.Send("/user/service", i.ToString()));
        var again = Start($"akka.remote.dot-netty.tcp.port = {port}");
        Service(again);
        again.Join(again.SelfAddress);

        Assert.Equal(
            string.Join(",", Enumerable.Range(0, 100)), await client.Ask<string>(new ClusterClient.Send("/user/service", "what"), Limit));
    }

    [Fact]
    public async Task Subscribers_hear_of_clients_that_come_and_of_those_that_die()
    {
        var nodes = await FormWithReceptionists(1, """
            akka.cluster.client.receptionist { heartbeat-interval = 100 ms, acceptable-heartbeat-pause = 500 ms, failure-detection-interval = 100 ms }
            """);
        using var inbox = Inbox.Create(nodes[0].System);
        ClusterClientReceptionist.Get(nodes[0].System).Underlying.Tell(SubscribeClusterClients.Instance, inbox.Receiver);
        Assert.Empty(((ClusterClients)await inbox.ReceiveAsync(Limit)).ClusterClientsList);
        var outside = Outside.Start("akka.cluster.client.heartbeat-interval = 100 ms");

        var client = outside.Client(nodes[0]);

        var up = (ClusterClientUp)await inbox.ReceiveAsync(Limit);
        Assert.Equal(client.Path.Uid, up.ClusterClient.Path.Uid);
        await outside.DisposeAsync();
        Assert.Equal(new ClusterClientUnreachable(up.ClusterClient), await inbox.ReceiveAsync(Limit));
        Assert.Empty(await ClientsOf(nodes[0]));
    }

    [Fact]
    public async Task Subscribers_of_a_client_hear_of_contact_points_that_come_and_go()
    {
        var nodes = await FormWithReceptionists(1);
        await using var outside = Outside.Start();
        var client = outside.Client(nodes[0]);
        using var inbox = Inbox.Create(outside.System);
        client.Tell(SubscribeContactPoints.Instance, inbox.Receiver);
        Assert.Equal([Outside.ReceptionistOf(nodes[0])], ((ContactPoints)await inbox.ReceiveAsync(Limit)).ContactPointsList);

        var second = Start();
        _ = ClusterClientReceptionist.Get(second.System);
        second.Join(nodes[0].SelfAddress);

        Assert.Equal(new ContactPointAdded(Outside.ReceptionistOf(second)), await inbox.ReceiveAsync(Limit));
        await second.LeaveAsync().WaitAsync(Limit);
        Assert.Equal(new ContactPointRemoved(Outside.ReceptionistOf(second)), await inbox.ReceiveAsync(Limit));
    }

    [Fact]
    public async Task Clients_are_spread_over_the_nodes_whatever_node_they_ask_first()
    {
        var nodes = await FormWithReceptionists(3, "akka.cluster.client.receptionist.number-of-contacts = 1");
        await using var outside = Outside.Start();

        var clients = Enumerable.Range(0, 60).Select(_ => outside.Client(nodes[0])).ToArray();
        foreach (var client in clients) await ReceptionistOf(client, nodes);

        // Each node is the choice of 20 of 60 on average; that one of them is of less than 5 happens once in 100000 times.
        foreach (var node in nodes) Assert.InRange((await ClientsOf(node)).Count, 5, 60);
        Assert.Equal(60, (await Task.WhenAll(nodes.Select(ClientsOf))).Sum(known => known.Count));
    }

    [Fact]
    public async Task Nodes_without_the_role_have_no_receptionist_and_are_no_contacts()
    {
        const string Role = "akka.cluster.client.receptionist.role = front";
        var first = Start(Role + "\nakka.cluster.roles = [front]");
        first.Join(first.SelfAddress);
        await AllSee([first], 1);
        var second = Start(Role);
        second.Join(first.SelfAddress);
        await AllSee([first, second], 2);
        Assert.True(ClusterClientReceptionist.Get(second.System).IsTerminated);
        await using var outside = Outside.Start();

        var client = outside.Client(first, second);

        Assert.Equal(first, await ReceptionistOf(client, first));
        Assert.Equal(
            [Outside.ReceptionistOf(first)], (await client.Ask<ContactPoints>(GetContactPoints.Instance, Limit)).ContactPointsList);
    }

    /// <summary>Stands between a client and a receptionist, until it falls silent.</summary>
    private sealed class Relay : ReceiveActor
    {
        internal const string Silence = "silence";

        public Relay(IActorRef receptionist)
        {
            IActorRef client = ActorRefs.Nobody;
            Receive<string>(silence => silence == Silence, _ => Become(() => ReceiveAny(static _ => { })));
            ReceiveAny(message =>
            {
                if (Sender.Equals(receptionist))
                {
                    client.Tell(message);
                }
                else if (message is ClusterClient.Send)
                {
                    receptionist.Forward(message);
                }
                else
                {
                    client = Sender;
                    receptionist.Tell(message);
                }
            });
        }
    }
}
