using System.Diagnostics;
using ActorScheduler.Client;
using ActorScheduler.Model;

namespace ActorScheduler.Benchmarks.Schedule;

/// <summary>
/// P3: tasks a second from launch to FINISHED acknowledged. Everything is as in a cluster: the framework connects by TCP, each
/// launch and each state is journaled before it is answered, the agents keep checkpoints on disk. Only containers are simulated
/// and end at once.
/// </summary>
internal static class Throughput
{
    private const int Agents = 4;
    private const int Tasks = 30_000;
    private const int WarmUp = 3;
    private const int Rounds = 5;

    public static async Task Run(string name, Func<string, string> journal)
    {
        await using var node = OneNode.Start(journal, "actorscheduler.frameworks.completed-tasks = 10000");
        for (int i = 0; i < Agents; i++)
            node.AddAgent(i, Resources.Of(cpus: 100, mem: 100_000), keeps: true);
        await using var client = node.Connect();
        await using var session = await client.RegisterAsync(new FrameworkInfo { Name = "load" });
        for (int round = 0; round < WarmUp; round++)
            await Round(session, $"w{round}", Tasks);
        var rates = new List<double>();
        long allocatedBefore = GC.GetTotalAllocatedBytes();
        for (int round = 0; round < Rounds; round++)
            rates.Add(await Round(session, $"r{round}", Tasks));
        double allocated = GC.GetTotalAllocatedBytes() - allocatedBefore;
        rates.Sort();
        Console.WriteLine($"P3.{name}.median {rates[rates.Count / 2]:0} launches/s");
        Console.WriteLine($"P3.{name}.best {rates[^1]:0} launches/s");
        // Unlike the rate it does not depend on what else the machine does.
        Console.WriteLine($"P3.{name}.allocated {allocated / (Rounds * Tasks):0} bytes/launch");
    }

    public static async Task<double> Round(FrameworkSession session, string prefix, int count)
    {
        var size = Resources.Of(cpus: 0.1, mem: 10);
        var labels = new Labels(new Label("simulate.run", "0"));
        int launched = 0, ended = 0, wanted = count;
        long startedAt = Stopwatch.GetTimestamp();
        await session.ReviveAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var launching = Task.Run(async () =>
        {
            await foreach (Offer offer in session.OffersAsync(limit.Token))
            {
                var tasks = new List<TaskInfo>();
                int room = (int)Math.Min(offer.Resources.PlainCpus / size.PlainCpus, offer.Resources.PlainMem / size.PlainMem);
                for (; tasks.Count < Math.Min(room, 200) && launched < Volatile.Read(ref wanted); launched++)
                    tasks.Add(new TaskInfo { Id = new TaskId($"{prefix}-{launched}"), Resources = size, Command = new CommandInfo("true"), Labels = labels });
                // What is left is wanted again at once.
                _ = tasks.Count > 0
                    ? session.AcceptAsync([offer.Id], [new OfferOperation.Launch(tasks)], TimeSpan.Zero, limit.Token)
                    : session.DeclineAsync([offer.Id], TimeSpan.FromSeconds(60), limit.Token);
            }
        });
        await foreach (TaskUpdate update in session.UpdatesAsync(limit.Token))
        {
            // What an offer that was withdrawn did not launch is launched anew.
            if (update.State.IsTerminal() && update.State != TaskState.Finished)
                Interlocked.Increment(ref wanted);
            else if (update.State == TaskState.Finished && ++ended == count)
            {
                await session.AcknowledgeAsync(update);
                break;
            }
        }
        double rate = count / Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        await limit.CancelAsync();
        await launching.ContinueWith(static _ => { }, TaskScheduler.Default);
        return rate;
    }
}
