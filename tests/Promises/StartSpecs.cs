using System.Diagnostics;
using System.Globalization;
using ActorScheduler.Processes;
using ActorScheduler.Promises.Specs.Harness;
using Xunit.Abstractions;

namespace ActorScheduler.Promises.Specs;

/// <summary>Hosts that are started together find each other.</summary>
public sealed class StartSpecs(ITestOutputHelper output)
{
    /// <summary>Some in the suite, since each costs the start of five processes; ACTORSCHEDULER_STARTS=50 in a longer run.</summary>
    private static int Starts => int.Parse(Environment.GetEnvironmentVariable("ACTORSCHEDULER_STARTS") ?? "2", CultureInfo.InvariantCulture);

    [NetworkFact]
    public async Task Five_hosts_that_start_together_are_one_cluster_each_time_also_on_a_busy_machine()
    {
        for (var start = 1; start <= Starts; start++)
        {
            bool isBusy = start % 2 == 0;
            using ProcessorLoad? load = isBusy ? ProcessorLoad.PerProcessor(1) : null;
            long begun = Stopwatch.GetTimestamp();
            await using ProcessCluster cluster = await ProcessCluster.FormOnHosts(5);
            output.WriteLine($"start {start}{(isBusy ? ", busy" : "")}: {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s");
        }
    }
}
