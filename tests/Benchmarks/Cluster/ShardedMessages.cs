using System.Diagnostics;
using ActorScheduler.Processes;
using Akka.Actor;
using Akka.Cluster.Node;
using Akka.Cluster.Sharding;
using Akka.Configuration;

namespace ActorScheduler.Benchmarks.Cluster;

/// <summary>
/// Requests to 100 sharded entities, with at most 1,000 on their way; a request and its reply count as one message. Local: the
/// entities are on the same node. Remote: in another process on loopback.
/// </summary>
internal static class ShardedMessages
{
    private const int InFlight = 1000;
    private const int Entities = 100;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    internal static async Task Local(int rounds)
    {
        using var system = await Node("server");
        var cluster = Akka.Cluster.Cluster.Get(system);
        await cluster.JoinAsync(cluster.SelfAddress).WaitAsync(Limit);
        var region = await ClusterSharding.Get(system).StartAsync(
            "entities", static _ => Props.Create(static () => new Echo()), ClusterShardingSettings.Create(system), ShardsActor.Extractor);
        await Rates("sharded-local", system, region, 1_000_000, rounds);
        await system.Terminate();
    }

    internal static async Task Remote(int rounds)
    {
        await using var other = NodeProcess.Start(
            "server", Path.Combine(AppContext.BaseDirectory, "Cluster.Node.dll"), [Config("server"), Path.Combine(AppContext.BaseDirectory, "reference.conf")]);
        var line = await other.Line(static line => line.Contains(" listening ", StringComparison.Ordinal), Limit);
        var address = line[(line.LastIndexOf(' ') + 1)..];
        await other.Tell($"cluster join {address}");
        await other.Tell("shards start echo");
        using var system = await Node("client");
        await Akka.Cluster.Cluster.Get(system).JoinAsync(Address.Parse(address)).WaitAsync(Limit);
        var region = await ClusterSharding.Get(system).StartProxyAsync("entities", "server", ShardsActor.Extractor);
        await Rates("sharded-remote", system, region, 200_000, rounds);
        await Asks(region);
        await system.Terminate();
    }

    private static async Task Rates(string name, ActorSystem system, IActorRef region, int messages, int rounds)
    {
        await Round(system, region, messages);
        await Round(system, region, messages);
        var rates = new List<double>();
        for (var i = 0; i < rounds; i++) rates.Add(await Round(system, region, messages));
        Report.Rates(name, rates);
    }

    private static async Task<double> Round(ActorSystem system, IActorRef region, int messages)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var client = system.ActorOf(Props.Create(() => new Client(region, messages, done)));
        var startedAt = Stopwatch.GetTimestamp();
        client.Tell("go");
        await done.Task.WaitAsync(TimeSpan.FromMinutes(2));
        return messages / Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
    }

    private static async Task Asks(IActorRef region)
    {
        var microseconds = new List<double>();
        for (var i = 0; i < 6000; i++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            await region.Ask<string>(new ShardingEnvelope("1", "x"), Limit);
            if (i >= 1000) microseconds.Add(Stopwatch.GetElapsedTime(startedAt).TotalMicroseconds);
        }

        microseconds.Sort();
        Report.Print("sharded-remote-ask.p50", microseconds[microseconds.Count / 2], "us");
        Report.Print("sharded-remote-ask.p99", microseconds[microseconds.Count * 99 / 100], "us");
    }

    private static async Task<ActorSystem> Node(string role) => ActorSystem.Create("cluster", ConfigurationFactory.ParseString(Config(role))
        .WithFallback(ConfigurationFactory.ParseString(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "reference.conf")))));

    private static string Config(string role) => $$"""
        akka {
          loglevel = ERROR
          stdout-loglevel = OFF
          actor.provider = cluster
          remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
          cluster { roles = [{{role}}], sharding.role = server }
        }
        """;

    private sealed class Echo : ReceiveActor
    {
        public Echo() => Receive<string>(text => Sender.Tell(text));
    }

    private sealed class Client : ReceiveActor
    {
        private static readonly string[] Ids = [.. Enumerable.Range(1, Entities).Select(static i => $"{i}")];

        private int _sent;
        private int _answered;

        public Client(IActorRef region, int messages, TaskCompletionSource done)
        {
            Receive<string>(static text => text == "go", _ =>
            {
                for (var i = 0; i < InFlight; i++) Send();
            });
            Receive<string>(_ =>
            {
                if (++_answered == messages)
                {
                    done.SetResult();
                    Context.Stop(Self);
                }
                else if (_sent < messages)
                {
                    Send();
                }
            });

            void Send() => region.Tell(new ShardingEnvelope(Ids[_sent++ % Entities], "x"), Self);
        }
    }
}
