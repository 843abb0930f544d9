using Akka.Actor;

namespace Akka.Cluster.Sharding.Specs;

public sealed class DeliverySpecs : ShardingSpec
{
    [Fact]
    public async Task An_entity_is_started_by_its_first_message_below_its_shard()
    {
        var node = (await Form(1))[0];
        var region = Region(node);

        var here = await Answer<Here>(region, new WhereAreYou("1-a"));

        Assert.Equal("/system/sharding/counter/1/1-a", here.Path);
        Assert.Equal(2, await Twice(region));
        async Task<int> Twice(IActorRef to)
        {
            await to.Ask<int>(new Add("1-a", 5), Limit);
            return await to.Ask<int>(new Add("1-a", 6), Limit);
        }
    }

    [Fact]
    public async Task Shards_are_spread_over_the_nodes_and_every_region_reaches_all_of_them()
    {
        var nodes = await Form(3);
        var regions = nodes.Select(node => Region(node)).ToArray();
        await Eventually(async () => (await regions[0].Ask<CurrentRegions>(GetCurrentRegions.Instance, Limit)).Regions.Count == 3);

        foreach (var shard in Enumerable.Range(0, 9)) await Answer<int>(regions[shard % 3], new Add($"{shard}-a", shard));

        foreach (var region in regions)
        {
            foreach (var shard in Enumerable.Range(0, 9)) Assert.Equal(shard, (await Answer<Sum>(region, new Get($"{shard}-a"))).Total);
            Assert.Equal(3, (await ShardsOf(region)).Count);
        }
    }

    [Fact]
    public async Task Messages_of_one_sender_arrive_in_order_also_those_that_waited_for_a_home()
    {
        var nodes = await Form(2);
        var regions = nodes.Select(node => Region(node)).ToArray();

        foreach (var shard in Enumerable.Range(0, 4))
            foreach (var number in Enumerable.Range(0, 500)) regions[0].Tell(new Add($"{shard}-a", number), ActorRefs.NoSender);

        foreach (var shard in Enumerable.Range(0, 4))
        {
            await Eventually(async () => (await Answer<Sum>(regions[0], new Get($"{shard}-a"))).Numbers.Length == 500);
            Assert.Equal(Enumerable.Range(0, 500), (await Answer<Sum>(regions[0], new Get($"{shard}-a"))).Numbers);
        }
    }

    [Fact]
    public async Task An_envelope_carries_any_message_and_StartEntity_starts_without_one()
    {
        var nodes = await Form(2);
        var regions = nodes.Select(node => Region(node, entity: id => Props.Create(() => new Echo(id)))).ToArray();

        foreach (var region in regions) Assert.Equal("1-a: hello", await Answer<string>(region, new ShardingEnvelope("1-a", "hello")));
        regions[1].Tell(new ShardRegion.StartEntity("1-b"));
        regions[1].Tell(new ShardRegion.StartEntity("2-b"));

        await Eventually(async () => (await Task.WhenAll(regions.Select(ShardsOf))).SelectMany(all => all.Values).SelectMany(ids => ids).Order()
            .SequenceEqual(["1-a", "1-b", "2-b"]));
    }

    [Fact]
    public async Task A_proxy_reaches_the_shards_of_its_role_and_has_none_itself()
    {
        var worker = (await Form(1, "akka.cluster.roles = [worker]"))[0];
        var other = await Join(worker);
        Region(worker, settings => settings.WithRole("worker"));

        var proxy = ClusterSharding.Get(other.System).StartProxy("counter", "worker", Extractor.Instance);
        var here = await Answer<Here>(proxy, new WhereAreYou("1-a"));

        Assert.Equal(worker.SelfAddress.ToString(), here.Node);
        Assert.Same(proxy, ClusterSharding.Get(other.System).ShardRegionProxy("counter"));
        Assert.Empty(await ShardsOf(proxy));
    }

    [Fact]
    public async Task On_a_node_without_the_role_Start_gives_a_proxy()
    {
        var worker = (await Form(1, "akka.cluster.roles = [worker]"))[0];
        var other = await Join(worker);
        Region(worker, settings => settings.WithRole("worker"));

        var proxy = Region(other, settings => settings.WithRole("worker"));

        Assert.Equal(worker.SelfAddress.ToString(), (await Answer<Here>(proxy, new WhereAreYou("1-a"))).Node);
        Assert.Equal("counterProxy", proxy.Path.Name);
    }

    [Fact]
    public async Task Two_functions_may_be_the_extractor()
    {
        var node = (await Form(1))[0];
        var region = ClusterSharding.Get(node.System).Start(
            "echo", id => Props.Create(() => new Echo(id)), ClusterShardingSettings.Create(node.System),
            message => message is string text ? (text.Split(':')[0], text.Split(':')[1]) : Util.Option<(string, object)>.None,
            message => ((string)message)[..1]);

        Assert.Equal("x1: hello", await Answer<string>(region, "x1:hello"));
    }

    [Fact]
    public async Task What_no_extractor_knows_is_unhandled()
    {
        var node = (await Form(1))[0];
        var region = Region(node);
        using var inbox = Inbox.Create(node.System);
        node.System.EventStream.Subscribe(inbox.Receiver, typeof(Akka.Event.UnhandledMessage));

        region.Tell("nobody knows me");

        Assert.Equal("nobody knows me", ((Akka.Event.UnhandledMessage)await inbox.ReceiveAsync(Limit)).Message);
    }

    [Fact]
    public async Task Messages_beyond_the_buffer_are_dead_letters()
    {
        // Nobody has the role, so nothing ever has a home.
        var node = (await Form(1, "akka.cluster.sharding.buffer-size = 10"))[0];
        var proxy = ClusterSharding.Get(node.System).StartProxy("counter", "nobody", Extractor.Instance);
        using var inbox = Inbox.Create(node.System);
        node.System.EventStream.Subscribe(inbox.Receiver, typeof(Akka.Event.DeadLetter));

        foreach (var number in Enumerable.Range(0, 12)) proxy.Tell(new Add("1-a", number), inbox.Receiver);

        var dropped = new List<int>();
        while (dropped.Count < 2)
            if (((Akka.Event.DeadLetter)await inbox.ReceiveAsync(Limit)).Message is Add add) dropped.Add(add.Number);
        Assert.Equal([10, 11], dropped);
    }

    [Fact]
    public async Task An_extractor_that_fails_costs_only_its_message()
    {
        var node = (await Form(1))[0];
        var region = ClusterSharding.Get(node.System).Start(
            "echo", id => Props.Create(() => new Echo(id)), ClusterShardingSettings.Create(node.System),
            HashCodeMessageExtractor.Create(10, message => message is int ? throw new InvalidOperationException("The spec wants it") : "a"));
        Assert.Equal("a: one", await Answer<string>(region, "one"));

        region.Tell(1);

        Assert.Equal("a: two", await Answer<string>(region, "two"));
        Assert.Single((await region.Ask<ShardRegionStats>(GetShardRegionStats.Instance, Limit)).Stats);
    }

    [Fact]
    public async Task Names_of_any_kind_may_be_ids()
    {
        var node = (await Form(1))[0];
        var region = ClusterSharding.Get(node.System).Start(
            "my type", id => Props.Create(() => new Echo(id)), ClusterShardingSettings.Create(node.System), HashCodeMessageExtractor.Create(10, _ => null));

        foreach (var id in new[] { "a b/c?d", "ä€", "%25", "remembered:entities", "$x" })
            Assert.Equal($"{id}: hello", await Answer<string>(region, new ShardingEnvelope(id, "hello")));
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo(string id) => Receive<string>(text => Sender.Tell($"{id}: {text}"));
    }
}
