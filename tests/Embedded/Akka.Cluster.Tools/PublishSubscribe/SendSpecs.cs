using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;

namespace Akka.Cluster.Tools.Specs.PublishSubscribe;

public sealed class SendSpecs : PubSubSpec
{
    [Fact]
    public async Task A_message_reaches_an_actor_by_its_path_wherever_it_is()
    {
        var nodes = await Form(3, NoGossip);
        foreach (var node in nodes) _ = Mediator(node);
        Service(nodes[2], "service");

        foreach (var node in nodes) Assert.Equal(nodes[2].SelfAddress, await EventuallyAnswered(node, new Send("/user/service", "where?")));
    }

    [Fact]
    public async Task Local_affinity_prefers_the_actor_of_this_node()
    {
        var nodes = await Form(2, NoGossip);
        foreach (var node in nodes) Service(node, "service");
        await SeenFrom(nodes[0], nodes);

        for (var i = 0; i < 20; i++)
            Assert.Equal(nodes[0].SelfAddress, await Mediator(nodes[0]).Ask<Address>(new Send("/user/service", "where?", localAffinity: true), Limit));
    }

    [Fact]
    public async Task Round_robin_takes_turns_and_random_reaches_all()
    {
        var nodes = await Form(3, NoGossip + "\nakka.cluster.pub-sub.routing-logic = round-robin");
        foreach (var node in nodes) Service(node, "service");
        await SeenFrom(nodes[0], nodes);

        var answers = new List<Address>();
        for (var i = 0; i < 9; i++) answers.Add(await Mediator(nodes[0]).Ask<Address>(new Send("/user/service", "where?"), Limit));

        Assert.All(answers.GroupBy(address => address), group => Assert.Equal(3, group.Count()));
    }

    [Fact]
    public async Task All_with_the_path_get_a_message_that_is_for_all_but_for_the_senders_node_if_it_says_so()
    {
        var nodes = await Form(3, NoGossip);
        foreach (var node in nodes) Service(node, "service");
        await SeenFrom(nodes[0], nodes);
        using var inbox = Inbox.Create(nodes[0].System);

        Mediator(nodes[0]).Tell(new SendToAll("/user/service", "where?"), inbox.Receiver);
        Assert.Equal(nodes.Select(node => node.SelfAddress).ToHashSet(), await Answers(inbox, 3));
        Mediator(nodes[0]).Tell(new SendToAll("/user/service", "where?", excludeSelf: true), inbox.Receiver);
        Assert.Equal(nodes[1..].Select(node => node.SelfAddress).ToHashSet(), await Answers(inbox, 2));
    }

    [Fact]
    public async Task An_actor_that_was_removed_or_ended_is_not_reached_any_more()
    {
        var nodes = await Form(3, NoGossip);
        var services = nodes.Select(node => Service(node, "service")).ToArray();
        await SeenFrom(nodes[0], nodes);

        Mediator(nodes[0]).Tell(new Remove("/user/service"));
        nodes[1].System.Stop(services[1]);

        await SeenFrom(nodes[0], [nodes[2]]);
    }

    [Fact]
    public async Task An_actor_started_anew_under_the_same_path_takes_the_place_of_the_old_one()
    {
        var nodes = await Form(2, NoGossip);
        _ = Mediator(nodes[0]);
        var old = Service(nodes[1], "service");
        await SeenFrom(nodes[0], [nodes[1]]);
        await old.GracefulStop(Limit);

        await Eventually(() => HasStarted(nodes[1]));

        await SeenFrom(nodes[0], [nodes[1]]);
    }

    /// <summary>Its name is free again when its parent has heard of the end, not before.</summary>
    private static bool HasStarted(Cluster node)
    {
        try
        {
            Service(node, "service");
            return true;
        }
        catch (InvalidActorNameException)
        {
            return false;
        }
    }

    /// <summary>Waits until exactly these nodes answer to a message for all.</summary>
    private static Task SeenFrom(Cluster node, Cluster[] services) => Eventually(async () =>
    {
        using var inbox = Inbox.Create(node.System);
        Mediator(node).Tell(new SendToAll("/user/service", "where?"), inbox.Receiver);
        var seen = new HashSet<Address>();
        // One more than there should be, so that one too many is seen.
        while (seen.Count <= services.Length && await inbox.ReceiveAsync(TimeSpan.FromMilliseconds(200)) is Address address) seen.Add(address);
        return seen.SetEquals(services.Select(service => service.SelfAddress));
    });

    private static async Task<HashSet<Address>> Answers(Inbox inbox, int count)
    {
        var answers = new HashSet<Address>();
        for (var i = 0; i < count; i++) answers.Add((Address)await inbox.ReceiveAsync(Limit));
        return answers;
    }

    private static async Task<Address> EventuallyAnswered(Cluster node, object message)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            try
            {
                return await Mediator(node).Ask<Address>(message, TimeSpan.FromMilliseconds(200));
            }
            catch (AskTimeoutException) when (!limit.IsCancellationRequested)
            {
                // Not known yet.
            }
        }
    }
}
