using Akka.Actor;

namespace Akka.Cluster.Sharding.Specs;

public sealed class PassivationSpecs : ShardingSpec
{
    private readonly Ledger _ledger = new();

    [Fact]
    public async Task A_passivated_entity_is_gone_until_its_next_message()
    {
        var node = (await Form(1))[0];
        var region = Region(node);
        await Answer<int>(region, new Add("1-a", 5));

        region.Tell(new Leave("1-a"));
        await Eventually(async () => (await ShardsOf(region))["1"].Count == 0);

        Assert.Equal(0, (await Answer<Sum>(region, new Get("1-a"))).Total);
    }

    [Fact]
    public async Task Messages_that_come_while_an_entity_passivates_start_it_again_and_none_is_lost()
    {
        var node = (await Form(1))[0];
        var region = Region(node, entity: _ledger.Entity);

        foreach (var number in Enumerable.Range(0, 1000))
        {
            region.Tell(new Add("1-a", number), ActorRefs.NoSender);
            if (number % 10 == 0) region.Tell(new Leave("1-a"));
        }

        await Eventually(() => _ledger.NumbersOf("1-a").Length == 1000);
        Assert.Equal(Enumerable.Range(0, 1000), _ledger.NumbersOf("1-a"));
        Assert.Empty(_ledger.Twins);
    }

    [Fact]
    public async Task Idle_entities_are_passivated_and_busy_ones_stay()
    {
        var node = (await Form(1))[0];
        var region = Region(node, settings => settings.WithPassivateIdleAfter(TimeSpan.FromSeconds(1)));
        await Answer<int>(region, new Add("1-idle", 1));
        await Answer<int>(region, new Add("1-busy", 1));

        await Eventually(async () =>
        {
            await Answer<int>(region, new Add("1-busy", 1));
            return !(await ShardsOf(region))["1"].Contains("1-idle");
        });

        Assert.True((await Answer<Sum>(region, new Get("1-busy"))).Total > 1);
    }

    [Fact]
    public async Task An_entity_that_fails_is_restarted_in_place()
    {
        var node = (await Form(1))[0];
        var region = Region(node);
        await Answer<int>(region, new Add("1-a", 5));

        region.Tell(new Fail("1-a"));

        Assert.Equal(0, (await Answer<Sum>(region, new Get("1-a"))).Total);
    }

    [Fact]
    public async Task An_entity_that_stops_by_itself_is_started_by_the_next_message()
    {
        var node = (await Form(1))[0];
        var region = Region(node);
        await Answer<int>(region, new Add("1-a", 5));

        region.Tell(new StopYourself("1-a"));
        await Eventually(async () => (await ShardsOf(region))["1"].Count == 0);

        Assert.Equal(1, await Answer<int>(region, new Add("1-a", 6)));
    }

    [Fact]
    public async Task Entities_that_cannot_be_made_do_not_harm_others()
    {
        var node = (await Form(1))[0];
        var region = Region(node, entity: id => id == "1-bad" ? throw new InvalidOperationException("The spec wants it") : Counter.Props(id));

        region.Tell(new Add("1-bad", 1));

        Assert.Equal(1, await Answer<int>(region, new Add("1-good", 1)));
    }
}
