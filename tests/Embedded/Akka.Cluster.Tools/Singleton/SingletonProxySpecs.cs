using Akka.Actor;
using Akka.Cluster.Specs;
using Akka.Cluster.Tools.Singleton;
using Akka.Event;

namespace Akka.Cluster.Tools.Specs.Singleton;

public sealed class SingletonProxySpecs : ClusterSpec
{
    private readonly Census _census = new();

    [Fact]
    public async Task Messages_wait_in_order_until_there_is_a_singleton()
    {
        var node = (await Form(1))[0];
        var proxy = Census.Proxy(node);
        for (var i = 0; i < 100; i++) proxy.Tell(i.ToString());

        _census.Manage(node);

        Assert.Equal(string.Join(",", Enumerable.Range(0, 100)), await proxy.Ask<string>("what", Limit));
    }

    [Fact]
    public async Task The_oldest_message_gives_way_when_the_buffer_is_full()
    {
        var node = (await Form(1))[0];
        using var dropped = Inbox.Create(node.System);
        node.System.EventStream.Subscribe(dropped.Receiver, typeof(Dropped));
        var proxy = Census.Proxy(node, settings => settings.WithBufferSize(3));
        foreach (var message in new[] { "a", "b", "c", "d" }) proxy.Tell(message);
        Assert.Equal("a", ((Dropped)await dropped.ReceiveAsync(Limit)).Message);
        Assert.Equal(0, _census.Started);

        _census.Manage(node);
        // The question itself takes a place when it comes before the singleton.
        await Eventually(() => _census.Alive == 1);

        Assert.EndsWith("c,d", await proxy.Ask<string>("what", Limit));
    }

    [Fact]
    public async Task A_proxy_without_a_buffer_drops_what_comes_too_early()
    {
        var node = (await Form(1))[0];
        using var dropped = Inbox.Create(node.System);
        node.System.EventStream.Subscribe(dropped.Receiver, typeof(Dropped));

        var proxy = Census.Proxy(node, settings => settings.WithBufferSize(0));
        proxy.Tell("early");

        Assert.Equal("early", ((Dropped)await dropped.ReceiveAsync(Limit)).Message);
    }

    [Fact]
    public async Task Messages_wait_while_the_singleton_moves()
    {
        var nodes = await Form(2, "akka.cluster.down-removal-margin = 0 s");
        _census.Manage(nodes[0]);
        var proxy = Census.Proxy(nodes[1]);
        Assert.Equal(nodes[0].SelfAddress, await proxy.Ask<Address>("where", Limit));
        using var inbox = Inbox.Create(nodes[1].System);
        nodes[1].Subscribe(inbox.Receiver, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved));
        await nodes[0].LeaveAsync().WaitAsync(Limit);
        Assert.IsType<ClusterEvent.MemberRemoved>(await inbox.ReceiveAsync(Limit));

        for (var i = 0; i < 100; i++) proxy.Tell(i.ToString());
        _census.Manage(nodes[1]);

        Assert.Equal(string.Join(",", Enumerable.Range(0, 100)), await proxy.Ask<string>("what", Limit));
    }

    [Fact]
    public async Task Who_stops_a_proxy_hears_what_it_never_delivered()
    {
        var node = (await Form(1))[0];
        using var dropped = Inbox.Create(node.System);
        node.System.EventStream.Subscribe(dropped.Receiver, typeof(Dropped));
        var proxy = Census.Proxy(node);
        proxy.Tell("waiting");

        proxy.Tell(PoisonPill.Instance);

        Assert.Equal("waiting", ((Dropped)await dropped.ReceiveAsync(Limit)).Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10_001)]
    public void A_buffer_out_of_range_is_refused(int size) => Assert.Throws<ArgumentException>(
        () => new ClusterSingletonProxySettings("singleton", null, TimeSpan.FromSeconds(1), size, considerAppVersion: false));

    [Fact]
    public void Settings_come_from_the_configuration_with_upstreams_defaults()
    {
        var node = Start("akka.cluster.singleton-proxy.buffer-size = 7");

        var proxy = ClusterSingletonProxySettings.Create(node.System);
        var manager = ClusterSingletonManagerSettings.Create(node.System);

        Assert.Equal((7, "singleton", null), (proxy.BufferSize, proxy.SingletonName, proxy.Role));
        Assert.Equal(TimeSpan.FromSeconds(1), proxy.SingletonIdentificationInterval);
        Assert.Equal(("singleton", null, TimeSpan.Zero), (manager.SingletonName, manager.Role, manager.RemovalMargin));
        Assert.Equal(TimeSpan.FromSeconds(1), manager.HandOverRetryInterval);
    }
}
