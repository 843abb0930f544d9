using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Specs.Sharing;

public sealed class ConvergenceSpecs
{
    [Fact]
    public void Under_steady_work_shares_converge_to_the_weights()
    {
        // 20 agents of 4 cpus. Everybody always wants more one-core tasks of ten seconds: in the long run 1 : 2 : 5 of 80 cpus,
        // which is 10, 20 and 50.
        Dictionary<string, double> average = Simulate(new() { ["one"] = 1, ["two"] = 2, ["five"] = 5 }, hoarder: null);
        Assert.InRange(average["one"], 8.5, 11.5);
        Assert.InRange(average["two"], 18, 22);
        Assert.InRange(average["five"], 46, 53);
    }

    [Fact]
    public void A_framework_that_never_answers_takes_little_from_the_others()
    {
        // Four equal frameworks, one of which lets every offer expire: it is soon bound to one open offer of at most one agent (4 of
        // 80 cpus), and the others share the rest: (80 - 4) / 3 = 25.3 each, within 5 %.
        Dictionary<string, double> average = Simulate(new() { ["a"] = 1, ["b"] = 1, ["c"] = 1, ["mute"] = 1 }, hoarder: "mute");
        Assert.All(["a", "b", "c"], who => Assert.InRange(average[who], 24, 27));
    }

    private static Dictionary<string, double> Simulate(Dictionary<string, double> weights, string? hoarder)
    {
        var cluster = new TestCluster(new AllocationOptions { MinimumRefusal = TimeSpan.Zero });
        foreach ((string name, double weight) in weights)
        {
            Assert.Null(cluster.Allocator.SetWeight(name, weight));
            cluster.Framework(name, name);
        }
        for (int i = 0; i < 20; i++)
            cluster.Agent($"s{i}", "cpus:4;mem:256");
        var random = new Random(11);
        var running = new List<(string Framework, string Agent, TaskId Task, TimeSpan Until)>();
        var sums = weights.Keys.ToDictionary(name => name, _ => 0.0);
        const int Seconds = 600, Ignored = 100;
        for (int second = 0; second < Seconds; second++)
        {
            cluster.Pass(1);
            foreach ((string framework, string agent, TaskId task, _) in running.Where(r => r.Until <= cluster.Now))
                cluster.EndTask(framework, agent, task);
            running.RemoveAll(r => r.Until <= cluster.Now);
            for (int round = 0; round < 20; round++)
            {
                List<Offer> offers = [.. cluster.Offers().Where(offer => offer.FrameworkId.Value != hoarder)];
                if (offers.Count == 0)
                    break;
                foreach (Offer offer in offers)
                {
                    if (offer.Resources.PlainCpus < 1000)
                    {
                        cluster.Decline(offer, 1);
                        continue;
                    }
                    TaskId task = cluster.Launch(offer, "cpus:1;mem:64");
                    running.Add((offer.FrameworkId.Value, offer.Agent.Id.Value, task, cluster.Now + TimeSpan.FromSeconds(5 + 10 * random.NextDouble())));
                }
            }
            foreach ((string framework, _, _, _) in running)
                sums[framework] += second < Ignored ? 0 : 1;
        }
        return sums.ToDictionary(sum => sum.Key, sum => sum.Value / (Seconds - Ignored));
    }
}
