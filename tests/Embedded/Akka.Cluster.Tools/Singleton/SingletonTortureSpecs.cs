using Akka.Actor;
using Akka.Cluster.Specs;

namespace Akka.Cluster.Tools.Specs.Singleton;

/// <summary>Nodes come, leave and crash in an order that a seed gives; there is one singleton after each step, and never two.</summary>
public sealed class SingletonTortureSpecs : ClusterSpec
{
    private const int Steps = 12;

    private readonly Census _census = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task There_is_one_whatever_nodes_do(int seed)
    {
        var random = new Random(seed);
        var nodes = (await Form(4, "akka.cluster.down-removal-margin = 0 s")).ToList();
        foreach (var node in nodes) _census.Manage(node);
        var steps = new List<string>();
        for (var step = 0; step < Steps; step++)
        {
            steps.Add(await Step(random, nodes));
            foreach (var node in nodes.ToArray())
                Assert.True(await Answers(node), $"No singleton for {node.SelfAddress} after {string.Join(", ", steps)}");
            Assert.True(_census.MostAtOnce == 1, $"{_census.MostAtOnce} singletons at once after {string.Join(", ", steps)}");
            Assert.Equal(1, _census.Alive);
        }
    }

    private async Task<string> Step(Random random, List<Cluster> nodes)
    {
        // Three at least, so that a crash leaves a majority.
        var choice = nodes.Count <= 3 ? 0 : random.Next(4);
        if (choice == 0 || nodes.Count > 5)
        {
            var late = Start("akka.cluster.down-removal-margin = 0 s");
            _census.Manage(late);
            late.Join(nodes[random.Next(nodes.Count)].SelfAddress);
            nodes.Add(late);
            await AllSee(nodes, nodes.Count);
            return "join";
        }

        var oldest = nodes.MinBy(node => nodes[0].State.Members.Order(Member.AgeOrdering).ToList().FindIndex(m => m.UniqueAddress == node.SelfUniqueAddress))!;
        // Mostly the one that has the singleton.
        var going = random.Next(3) > 0 ? oldest : nodes[random.Next(nodes.Count)];
        nodes.Remove(going);
        switch (choice)
        {
            case 1:
                await Crash(going);
                break;
            case 2:
                await going.LeaveAsync().WaitAsync(Limit);
                break;
            default:
                nodes[0].Down(going.SelfAddress);
                await going.System.WhenTerminated.WaitAsync(Limit);
                break;
        }

        await AllSee(nodes, nodes.Count);
        return choice switch { 1 => "crash", 2 => "leave", _ => "down" };
    }

    private static async Task<bool> Answers(Cluster node)
    {
        var proxy = Census.Proxy(node);
        using var limit = new CancellationTokenSource(Limit);
        while (!limit.IsCancellationRequested)
        {
            try
            {
                await proxy.Ask<Address>("where", TimeSpan.FromMilliseconds(500));
                node.System.Stop(proxy);
                return true;
            }
            catch (AskTimeoutException)
            {
                // It is on its way.
            }
        }

        return false;
    }
}
