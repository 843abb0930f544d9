using ActorScheduler.Agent.Containers.Processes;
using ActorScheduler.Client;
using ActorScheduler.Model;

namespace ActorScheduler.Benchmarks.Schedule;

/// <summary>P5: plain processes that do nothing, a second, from launch to FINISHED acknowledged, on one host.</summary>
internal static class ShortTasks
{
    private const int Tasks = 2_000;
    private const int Rounds = 3;

    public static async Task Run()
    {
        await using var node = OneNode.Start(Journal.Sqlite);
        node.AddAgent(0, Resources.Of(cpus: 100, mem: 100_000), keeps: true, new ProcessContainerizer(
            new ProcessSettings { StateFolder = Path.Combine(node.Folder, "processes") }, TimeProvider.System));
        await using SchedulerClient client = node.Connect();
        await using FrameworkSession session = await client.RegisterAsync(new FrameworkInfo { Name = "load" });
        await Throughput.Round(session, "w", Tasks / 4);
        var rates = new List<double>();
        for (int round = 0; round < Rounds; round++)
            rates.Add(await Throughput.Round(session, $"r{round}", Tasks));
        rates.Sort();
        Console.WriteLine($"P5.median {rates[Rounds / 2]:0} tasks/s");
        Console.WriteLine($"P5.best {rates[^1]:0} tasks/s");
    }
}
