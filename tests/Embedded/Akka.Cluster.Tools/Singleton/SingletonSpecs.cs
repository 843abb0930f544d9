using Akka.Actor;
using Akka.Cluster.Specs;
using Akka.Cluster.Tools.Singleton;

namespace Akka.Cluster.Tools.Specs.Singleton;

public sealed class SingletonSpecs : ClusterSpec
{
    /// <summary>Long enough to fail a spec in which it was waited for without need.</summary>
    private const string LongMargin = "akka.cluster.down-removal-margin = 60 s";

    private const string NoMargin = "akka.cluster.down-removal-margin = 0 s";

    private readonly Census _census = new();

    [Fact]
    public async Task The_oldest_member_has_it_and_every_node_reaches_it_by_a_proxy()
    {
        var nodes = await FormByAge(3);
        foreach (var node in nodes.Reverse()) _census.Manage(node);

        foreach (var node in nodes) Assert.Equal(nodes[0].SelfAddress, await Where(Census.Proxy(node)));

        Assert.Equal(1, _census.Started);
    }

    [Fact]
    public async Task A_member_that_leaves_hands_over_to_the_next_oldest_without_waiting()
    {
        var nodes = await FormByAge(3, LongMargin);
        foreach (var node in nodes) _census.Manage(node);
        var proxy = Census.Proxy(nodes[2]);
        Assert.Equal(nodes[0].SelfAddress, await Where(proxy));

        await nodes[0].LeaveAsync().WaitAsync(Limit);

        await EventuallyAt(nodes[1], proxy);
        Assert.Equal(1, _census.MostAtOnce);
        Assert.Equal(2, _census.Started);
    }

    [Fact]
    public async Task Members_that_leave_one_after_the_other_and_together_hand_over_until_one_is_left()
    {
        var nodes = await FormByAge(5, LongMargin);
        foreach (var node in nodes) _census.Manage(node);
        var proxy = Census.Proxy(nodes[4]);
        Assert.Equal(nodes[0].SelfAddress, await Where(proxy));

        await nodes[0].LeaveAsync().WaitAsync(Limit);
        await Task.WhenAll(nodes[1].LeaveAsync(), nodes[2].LeaveAsync()).WaitAsync(Limit);
        await nodes[3].System.Terminate().WaitAsync(Limit);

        await EventuallyAt(nodes[4], proxy);
        Assert.Equal(1, _census.MostAtOnce);
        Assert.Equal(1, _census.Alive);
    }

    [Fact]
    public async Task The_last_member_that_leaves_ends_it_and_goes_without_waiting_for_anybody()
    {
        var node = (await FormByAge(1, LongMargin))[0];
        _census.Manage(node);
        Assert.Equal(node.SelfAddress, await Where(Census.Proxy(node)));

        await node.LeaveAsync().WaitAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(0, _census.Alive);
    }

    [Fact]
    public async Task When_its_node_crashes_the_next_oldest_starts_it_as_soon_as_that_node_is_removed()
    {
        var nodes = await FormByAge(3, NoMargin);
        foreach (var node in nodes) _census.Manage(node);
        var proxy = Census.Proxy(nodes[2]);
        Assert.Equal(nodes[0].SelfAddress, await Where(proxy));

        await Crash(nodes[0]);

        await EventuallyAt(nodes[1], proxy);
        Assert.Equal(1, _census.MostAtOnce);
    }

    [Fact]
    public async Task After_a_crash_the_removal_margin_is_waited_for()
    {
        var nodes = await FormByAge(3, LongMargin);
        foreach (var node in nodes) _census.Manage(node);
        Assert.Equal(nodes[0].SelfAddress, await Where(Census.Proxy(nodes[2])));
        await Crash(nodes[0]);
        await AllSee(nodes[1..], 2);
        await Eventually(() => _census.Alive == 0);

        Assert.Equal(1, _census.Started);
        await Assert.ThrowsAsync<AskTimeoutException>(() => Census.Proxy(nodes[2]).Ask<Address>("where", TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_node_that_is_downed_while_it_is_alive_stops_its_singleton_before_another_starts()
    {
        var nodes = await FormByAge(3, NoMargin);
        foreach (var node in nodes) _census.Manage(node);
        var proxy = Census.Proxy(nodes[2]);
        Assert.Equal(nodes[0].SelfAddress, await Where(proxy));

        nodes[1].Down(nodes[0].SelfAddress);

        await EventuallyAt(nodes[1], proxy);
        Assert.Equal(1, _census.MostAtOnce);
        await nodes[0].System.WhenTerminated.WaitAsync(Limit);
    }

    [Fact]
    public async Task Only_members_of_the_role_may_have_it()
    {
        var first = Start();
        first.Join(first.SelfAddress);
        await AllSee([first], 1);
        var (second, third) = (Start("akka.cluster.roles = [worker]"), Start("akka.cluster.roles = [worker]"));
        second.Join(first.SelfAddress);
        await AllSee([first, second], 2);
        third.Join(first.SelfAddress);
        await AllSee([first, second, third], 3);
        foreach (var node in new[] { second, third }) _census.Manage(node, "worker");
        var proxy = Census.Proxy(first, settings => settings.WithRole("worker"));
        Assert.Equal(second.SelfAddress, await Where(proxy));

        await second.LeaveAsync().WaitAsync(Limit);

        await EventuallyAt(third, proxy);
    }

    [Fact]
    public async Task A_manager_on_a_node_without_the_role_does_not_start()
    {
        var node = (await FormByAge(1))[0];
        using var inbox = Inbox.Create(node.System);

        inbox.Watch(_census.Manage(node, "worker"));

        Assert.IsType<Terminated>(await inbox.ReceiveAsync(Limit));
        Assert.Equal(0, _census.Started);
    }

    [Fact]
    public async Task The_termination_message_ends_it_and_the_hand_over_waits_for_that()
    {
        var nodes = await FormByAge(2, LongMargin);
        foreach (var node in nodes) _census.Manage(node, terminationMessage: "end");
        var proxy = Census.Proxy(nodes[1]);
        Assert.Equal(nodes[0].SelfAddress, await Where(proxy));

        await nodes[0].LeaveAsync().WaitAsync(Limit);

        await EventuallyAt(nodes[1], proxy);
        Assert.Equal(1, _census.MostAtOnce);
        Assert.Equal(1, _census.ToldToEnd);
    }

    [Fact]
    public async Task One_that_stops_by_itself_is_not_started_again_where_it_was()
    {
        var nodes = await FormByAge(2, LongMargin);
        foreach (var node in nodes) _census.Manage(node);
        var proxy = Census.Proxy(nodes[1]);
        Assert.Equal(nodes[0].SelfAddress, await Where(proxy));

        proxy.Tell("end");
        await Eventually(() => _census.Alive == 0);
        await Assert.ThrowsAsync<AskTimeoutException>(() => proxy.Ask<Address>("where", TimeSpan.FromMilliseconds(500)));
        Assert.Equal(1, _census.Started);

        await nodes[0].LeaveAsync().WaitAsync(Limit);
        await EventuallyAt(nodes[1], proxy);
    }

    [Fact]
    public async Task A_later_version_of_the_application_takes_it_over_from_a_living_member()
    {
        const string Considered = "akka.cluster.singleton.consider-app-version = on";
        var nodes = await FormByAge(2, Considered + "\nakka.cluster.app-version = \"1.0.0\"");
        foreach (var node in nodes) _census.Manage(node);
        var proxy = Census.Proxy(nodes[1]);
        Assert.Equal(nodes[0].SelfAddress, await Where(proxy));

        var later = Start(Considered + "\nakka.cluster.app-version = \"1.1.0\"");
        _census.Manage(later);
        later.Join(nodes[0].SelfAddress);

        await EventuallyAt(later, proxy);
        await later.LeaveAsync().WaitAsync(Limit);
        await EventuallyAt(nodes[0], proxy);
        Assert.Equal(1, _census.MostAtOnce);
    }

    [Fact]
    public async Task The_extension_starts_manager_and_proxy_as_the_role_demands()
    {
        var first = Start("akka.cluster.roles = [front]");
        first.Join(first.SelfAddress);
        await AllSee([first], 1);
        var second = Start("akka.cluster.roles = [back]");
        second.Join(first.SelfAddress);
        await AllSee([first, second], 2);
        var singleton = SingletonActor.Create(Props.Create(() => new Teller()), "teller");

        var proxies = new[] { first, second }.Select(node => ClusterSingleton.Get(node.System)
            .Init(singleton.WithSettings(ClusterSingletonSettings.Create(node.System).WithRole("back")))).ToArray();

        foreach (var proxy in proxies) Assert.Equal(second.SelfAddress, await Where(proxy));
        Assert.Equal(proxies[0], ClusterSingleton.Get(first.System).Init(singleton));
    }

    private async Task<Cluster[]> FormByAge(int nodes, string config = "")
    {
        var formed = await Form(nodes, config);
        var byAge = formed[0].State.Members.Order(Member.AgeOrdering).Select(member => member.Address).ToList();
        return [.. formed.OrderBy(node => byAge.IndexOf(node.SelfAddress))];
    }

    private static Task<Address> Where(IActorRef proxy) => proxy.Ask<Address>("where", Limit);

    /// <summary>While it moves, what is on its way to the old one is lost; so it is asked again.</summary>
    private static async Task EventuallyAt(Cluster node, IActorRef proxy)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            try
            {
                if (node.SelfAddress.Equals(await proxy.Ask<Address>("where", TimeSpan.FromMilliseconds(200)))) return;
            }
            catch (AskTimeoutException) when (!limit.IsCancellationRequested)
            {
                // Not there yet.
            }

            Assert.False(limit.IsCancellationRequested, $"The singleton did not come to {node.SelfAddress}");
        }
    }

    private sealed class Teller : ReceiveActor
    {
        public Teller() => ReceiveAny(_ => Sender.Tell(Cluster.Get(Context.System).SelfAddress));
    }
}
