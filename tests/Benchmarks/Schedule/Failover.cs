using System.Diagnostics;
using ActorScheduler.Client;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Benchmarks.Schedule;

/// <summary>P7: the allocator is killed with many agents and tasks; how long after the new one began is everybody in its book again?</summary>
internal static class Failover
{
    private const int Rounds = 5;

    public static async Task Run(int agents, int tasks)
    {
        await using var node = OneNode.Start(Journal.Sqlite, "actorscheduler.allocator.offers-held-per-framework = 20000");
        for (int i = 0; i < agents; i++)
            node.AddAgent(i, Resources.Of(cpus: 100, mem: 10_000), keeps: false);
        await using var client = node.Connect();
        while ((await Agents(client)).Registered < agents)
            await Task.Delay(100);
        await using var session = await client.RegisterAsync(new FrameworkInfo { Name = "load" });
        tasks = await Launch(session, tasks, tasks / agents);

        IActorRef allocator = await node.System.ActorSelection("/user/allocator/singleton/allocator").ResolveOne(TimeSpan.FromSeconds(5));
        var spans = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            var begun = new TaskCompletionSource<long>();
            IActorRef listener = node.System.ActorOf(Props.Create(() => new Listener(begun)));
            allocator.Tell(Kill.Instance);
            long startedAt = await begun.Task;
            while (await Agents(client) is var now && (now.Registered < agents || now.Tasks < tasks))
                await Task.Delay(25);
            spans.Add(Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
            node.System.Stop(listener);
            allocator = await node.System.ActorSelection("/user/allocator/singleton/allocator").ResolveOne(TimeSpan.FromSeconds(5));
        }
        spans.Sort();
        Console.WriteLine($"P7.median {spans[spans.Count / 2]:0.00} s");
        Console.WriteLine($"P7.max {spans[^1]:0.00} s");
    }

    /// <summary>Launches tasks and says how many run: an offer may be withdrawn before it is used.</summary>
    private static async Task<int> Launch(FrameworkSession session, int count, int perOffer)
    {
        int launched = 0, running = 0, dropped = 0;
        var launching = Task.Run(async () =>
        {
            await foreach (Offer offer in session.OffersAsync())
            {
                TaskInfo[] tasks = [.. Enumerable.Range(launched, perOffer).Select(i => new TaskInfo
                {
                    Id = new TaskId($"t{i}"), Resources = Resources.Of(cpus: 1, mem: 32), Command = new CommandInfo("sleep 1000"),
                })];
                launched += perOffer;
                _ = session.AcceptAsync([offer.Id], [new OfferOperation.Launch(tasks)], TimeSpan.FromHours(1));
                if (launched >= count)
                    break;
            }
        });
        await foreach (TaskUpdate update in session.UpdatesAsync())
        {
            running += update.State == TaskState.Running ? 1 : 0;
            dropped += update.State.IsTerminal() ? 1 : 0;
            if (running + dropped == count)
                break;
        }
        await launching;
        await session.SuppressAsync();
        return running;
    }

    private static async Task<(int Registered, int Tasks)> Agents(SchedulerClient client)
    {
        var summary = await client.AskAllocatorAsync<ClusterSummary>(new GetClusterSummary());
        return (summary.RegisteredAgents, summary.Tasks);
    }

    private sealed class Listener : ReceiveActor
    {
        public Listener(TaskCompletionSource<long> begun)
        {
            Context.System.EventStream.Subscribe(Self, typeof(AllocatorStarted));
            Receive<AllocatorStarted>(_ => begun.TrySetResult(Stopwatch.GetTimestamp()));
        }
    }
}
