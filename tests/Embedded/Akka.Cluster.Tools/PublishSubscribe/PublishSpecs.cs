using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Event;

namespace Akka.Cluster.Tools.Specs.PublishSubscribe;

public sealed class PublishSpecs : PubSubSpec
{
    [Fact]
    public async Task Each_subscriber_on_each_node_gets_each_message_once_and_in_order()
    {
        var nodes = await Form(3, NoGossip);
        var subscribers = new List<Inbox>();
        // Changes of a node are heard of in their order, so who knows the last of them knows all.
        for (var i = 0; i < 3; i++)
            subscribers.AddRange([await Subscriber(nodes[i], "news"), await Subscriber(nodes[i], "news"), await Subscriber(nodes[i], $"ready-{i}")]);
        await AllKnow(nodes, "news", "ready-0", "ready-1", "ready-2");

        Mediator(nodes[0]).Tell(new Publish("news", "first"));
        Mediator(nodes[0]).Tell(new Publish("news", "second"));
        for (var i = 0; i < 3; i++) Mediator(nodes[0]).Tell(new Publish($"ready-{i}", "first"));
        for (var i = 0; i < 3; i++) Mediator(nodes[0]).Tell(new Publish($"ready-{i}", "second"));

        foreach (var subscriber in subscribers)
        {
            Assert.Equal("first", await subscriber.ReceiveAsync(Limit));
            Assert.Equal("second", await subscriber.ReceiveAsync(Limit));
            subscriber.Dispose();
        }
    }

    [Fact]
    public async Task The_sender_of_a_message_is_who_published_it()
    {
        var nodes = await Form(2, NoGossip);
        var echo = nodes[1].System.ActorOf(Props.Create(() => new Answering()));
        await Mediator(nodes[1]).Ask<SubscribeAck>(new Subscribe("questions", echo), Limit);
        await AllKnow(nodes, "questions");

        Assert.Equal("answer", await Mediator(nodes[0]).Ask<string>(new Publish("questions", "question"), Limit));
    }

    [Fact]
    public async Task Who_unsubscribes_or_ends_gets_nothing_any_more_and_the_topic_goes()
    {
        var nodes = await Form(2, NoGossip);
        using var leaving = await Subscriber(nodes[1], "leaving");
        var ending = nodes[1].System.ActorOf(Props.Create(() => new Answering()));
        await Mediator(nodes[1]).Ask<SubscribeAck>(new Subscribe("ending", ending), Limit);
        await AllKnow(nodes, "leaving", "ending");

        await Mediator(nodes[1]).Ask<UnsubscribeAck>(new Unsubscribe("leaving", leaving.Receiver), Limit);
        nodes[1].System.Stop(ending);

        await AllKnow(nodes);
    }

    [Fact]
    public async Task One_subscriber_of_each_group_gets_a_message_and_those_without_a_group_get_none()
    {
        var nodes = await Form(2, NoGossip);
        Inbox[] left = [await Subscriber(nodes[0], "work", "left"), await Subscriber(nodes[1], "work", "left"), await Subscriber(nodes[1], "work", "left")];
        Inbox[] right = [await Subscriber(nodes[1], "work", "right")];
        using var alone = await Subscriber(nodes[1], "work");
        using var last = await Subscriber(nodes[1], "done");
        await AllKnow(nodes, "work", "done");

        for (var i = 0; i < 50; i++) Mediator(nodes[0]).Tell(new Publish("work", i, sendOneMessageToEachGroup: true));
        Mediator(nodes[0]).Tell(new Publish("work", "for the one without a group"));

        Assert.Equal("for the one without a group", await alone.ReceiveAsync(Limit));
        Assert.Equal(Enumerable.Range(0, 50), (await All<int>(left, 50)).Order());
        Assert.Equal(Enumerable.Range(0, 50), await All<int>(right, 50));
    }

    [Fact]
    public async Task Subscribers_of_a_group_get_nothing_that_is_published_to_all()
    {
        var node = (await Form(1))[0];
        using var grouped = await Subscriber(node, "topic", "group");
        using var alone = await Subscriber(node, "topic");

        Mediator(node).Tell(new Publish("topic", "to all"));
        Mediator(node).Tell(new Publish("topic", "to groups", sendOneMessageToEachGroup: true));

        Assert.Equal("to all", await alone.ReceiveAsync(Limit));
        Assert.Equal("to groups", await grouped.ReceiveAsync(Limit));
        Assert.Equal(2, await Count(node, "topic"));
    }

    [Fact]
    public async Task What_nobody_gets_becomes_a_dead_letter_that_says_what_it_was_published_to()
    {
        var node = (await Form(1))[0];
        using var deadLetters = Inbox.Create(node.System);
        node.System.EventStream.Subscribe(deadLetters.Receiver, typeof(DeadLetter));

        object[] messages =
            [new Publish("nowhere", "a"), new Publish("nowhere", "b", true), new Send("/user/nobody", "c"), new SendToAll("/user/nobody", "d")];
        foreach (var message in messages)
        {
            Mediator(node).Tell(message);
            Assert.Equal(message, ((DeadLetter)await deadLetters.ReceiveAsync(Limit)).Message);
        }
    }

    [Fact]
    public async Task What_nobody_gets_is_ignored_where_that_is_configured()
    {
        var node = (await Form(1, "akka.cluster.pub-sub.send-to-dead-letters-when-no-subscribers = off"))[0];
        using var deadLetters = Inbox.Create(node.System);
        node.System.EventStream.Subscribe(deadLetters.Receiver, typeof(DeadLetter));

        Mediator(node).Tell(new Publish("nowhere", "a"));
        await Topics(node);
        node.System.DeadLetters.Tell("after that");

        Assert.Equal("after that", ((DeadLetter)await deadLetters.ReceiveAsync(Limit)).Message);
    }

    [Fact]
    public async Task A_node_that_is_gone_takes_its_topics_with_it()
    {
        var nodes = await Form(3, NoGossip);
        _ = Mediator(nodes[1]);
        using var left = await Subscriber(nodes[0], "staying");
        using var gone = await Subscriber(nodes[2], "going");
        await AllKnow(nodes, "staying", "going");

        await Crash(nodes[2]);

        await AllKnow(nodes[..2], "staying");
    }

    [Fact]
    public async Task Whoever_joins_late_hears_of_all_topics_and_misses_nothing_that_changes_later()
    {
        var nodes = await Form(2, NoGossip);
        using var first = await Subscriber(nodes[0], "first");
        using var second = await Subscriber(nodes[1], "second");

        var late = Start(NoGossip);
        _ = Mediator(late);
        late.Join(nodes[0].SelfAddress);
        await AllKnow([.. nodes, late], "first", "second");
        using var third = await Subscriber(nodes[1], "third");
        await Mediator(nodes[0]).Ask<UnsubscribeAck>(new Unsubscribe("first", first.Receiver), Limit);

        await AllKnow([.. nodes, late], "second", "third");
    }

    [Fact]
    public async Task What_a_mediator_missed_it_gets_by_comparing_versions_also_in_small_parts()
    {
        var nodes = await Form(2, FastGossip + "\nakka.cluster.pub-sub.max-delta-elements = 7");
        var topics = Enumerable.Range(0, 40).Select(i => $"topic-{i}").ToArray();
        using var subscriber = Inbox.Create(nodes[0].System);
        foreach (var topic in topics) Mediator(nodes[0]).Tell(new Subscribe(topic, subscriber.Receiver));
        await AllKnow([nodes[0]], topics);

        // The mediator of the second node starts only now, after everything was told.
        await AllKnow([nodes[1]], topics);
    }

    [Fact]
    public async Task Registrations_that_are_gone_are_forgotten_and_still_nobody_keeps_them()
    {
        var nodes = await Form(2, FastGossip + "\nakka.cluster.pub-sub.removed-time-to-live = 1 ms");
        using var kept = await Subscriber(nodes[0], "kept");
        for (var i = 0; i < 20; i++)
        {
            using var brief = await Subscriber(nodes[0], $"brief-{i}");
            await Mediator(nodes[0]).Ask<UnsubscribeAck>(new Unsubscribe($"brief-{i}", brief.Receiver), Limit);
        }

        // This mediator starts only now, when most of that is forgotten.
        await AllKnow([nodes[1]], "kept");
        await Mediator(nodes[0]).Ask<UnsubscribeAck>(new Unsubscribe("kept", kept.Receiver), Limit);
        await AllKnow(nodes);
    }

    [Fact]
    public async Task Nodes_without_the_role_have_no_mediator()
    {
        var node = Start("akka.cluster.pub-sub.role = media");

        Assert.True(DistributedPubSub.Get(node.System).IsTerminated);
        Assert.Equal(node.System.DeadLetters, Mediator(node));
    }

    private static async Task<List<T>> All<T>(Inbox[] inboxes, int count)
    {
        var all = new List<T>();
        var receiving = inboxes.Select(inbox => inbox.ReceiveAsync(Limit)).ToArray();
        while (all.Count < count)
        {
            var got = Array.IndexOf(receiving, await Task.WhenAny(receiving).WaitAsync(Limit));
            all.Add((T)await receiving[got]);
            receiving[got] = inboxes[got].ReceiveAsync(Limit);
        }

        return all;
    }

    private sealed class Answering : ReceiveActor
    {
        public Answering() => ReceiveAny(_ => Sender.Tell("answer"));
    }
}
