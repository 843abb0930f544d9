using ActorScheduler.Processes;

namespace Akka.Remote.Specs.Processes;

/// <summary>Nodes as processes of their own, killed, paused and cut off.</summary>
public sealed class ProcessFaultSpecs
{
    private const string Config = """
        akka {
          loglevel = WARNING
          actor.provider = remote
          remote.retry-gate-closed-for = 200 ms
          remote.watch-failure-detector { heartbeat-interval = 200 ms, acceptable-heartbeat-pause = 2 s, unreachable-nodes-reaper-interval = 200 ms, expected-response-after = 500 ms }
          remote.dot-netty.tcp { hostname = HOST, port = 0 }
        }
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_killed_node_is_noticed_by_who_watches_there()
    {
        await using var watcher = Start("watcher");
        await using var victim = Start("victim");
        await Watch(watcher, victim);

        victim.Kill();

        var line = await watcher.Line(l => l.StartsWith("terminated", StringComparison.Ordinal), Limit);
        Assert.EndsWith("address-terminated=True", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pause_of_a_second_is_forgiven_and_messages_sent_meanwhile_arrive_in_order()
    {
        await using var watcher = Start("watcher");
        await using var sleeper = Start("sleeper");
        var path = await Watch(watcher, sleeper);

        sleeper.Pause();
        await watcher.Tell($"count {path} 500");
        await Task.Delay(TimeSpan.FromSeconds(1));
        sleeper.Resume();

        await sleeper.Line(l => l == "got 500", Limit);
        Assert.Equal(Enumerable.Range(1, 500).Select(i => $"got {i}"), sleeper.Lines.Where(l => l.StartsWith("got ", StringComparison.Ordinal)));
        Assert.DoesNotContain(watcher.Lines, l => l.StartsWith("terminated", StringComparison.Ordinal));
    }

    [NetworkFact]
    public async Task A_node_that_is_cut_off_is_noticed()
    {
        await using var network = await Network.Make(2);
        await using var watcher = Start("watcher", network.Hosts[0]);
        await using var victim = Start("victim", network.Hosts[1]);
        await Watch(watcher, victim);

        await network.Hosts[1].Cut();

        await watcher.Line(l => l.StartsWith("terminated", StringComparison.Ordinal), Limit);
    }

    private static NodeProcess Start(string name, Host? host = null) => NodeProcess.Start(
        name, Path.Combine(AppContext.BaseDirectory, "Akka.Remote.Node.dll"),
        [Config.Replace("HOST", host?.Address ?? "127.0.0.1", StringComparison.Ordinal)], host);

    private static async Task<string> Watch(NodeProcess watcher, NodeProcess watched)
    {
        await watcher.Line(l => l.StartsWith("listening", StringComparison.Ordinal), Limit);
        var address = (await watched.Line(l => l.StartsWith("listening", StringComparison.Ordinal), Limit))["listening ".Length..];
        await watcher.Tell($"watch {address}/user/commands");
        await watcher.Line(l => l.StartsWith("watching", StringComparison.Ordinal), Limit);
        return $"{address}/user/commands";
    }
}
