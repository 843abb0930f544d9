using System.Diagnostics;
using System.Globalization;
using ActorScheduler.Client;
using ActorScheduler.Containers.Processes;
using ActorScheduler.Model;

namespace ActorScheduler.Benchmarks.Schedule;

/// <summary>
/// P5: plain processes that do nothing, a second, from launch to FINISHED acknowledged, on one host. In turn with the same command
/// through xargs, which journals nothing, limits nothing and forgets all when it is killed: what the machine can do at most.
/// </summary>
internal static class ShortTasks
{
    private const int Tasks = 2_000;
    private const int WarmUp = 4;
    private const int Rounds = 5;

    public static async Task Run()
    {
        await using var node = OneNode.Start(Journal.Sqlite);
        node.AddAgent(0, Resources.Of(cpus: 100, mem: 100_000), keeps: true, new ProcessContainerizer(
            new ProcessSettings { StateFolder = Path.Combine(node.Folder, "processes") }, TimeProvider.System));
        await using SchedulerClient client = node.Connect();
        await using FrameworkSession session = await client.RegisterAsync(new FrameworkInfo { Name = "load" });
        for (int round = 0; round < WarmUp; round++)
            await Throughput.Round(session, $"w{round}", Tasks);
        List<double> rates = [], bare = [];
        for (int round = 0; round < Rounds; round++)
        {
            bare.Add(await Xargs());
            rates.Add(await Throughput.Round(session, $"r{round}", Tasks));
        }
        Print("P5", rates);
        Print("xargs.P5", bare);
    }

    private static async Task<double> Xargs()
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"seq {Tasks} | xargs -P {Environment.ProcessorCount} -I_ /bin/sh -c true");
        long startedAt = Stopwatch.GetTimestamp();
        using Process process = Process.Start("/bin/sh", ["-c", line]);
        await process.WaitForExitAsync();
        return Tasks / Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
    }

    private static void Print(string name, List<double> rates)
    {
        rates.Sort();
        Console.WriteLine($"{name}.median {rates[rates.Count / 2]:0} tasks/s");
        Console.WriteLine($"{name}.best {rates[^1]:0} tasks/s");
    }
}
