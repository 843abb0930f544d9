using ActorScheduler.Containers.Docker;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Specs.Docker;

public sealed class UsageReadingSpecs
{
    [Theory]
    [InlineData("total_inactive_file")] // Control groups of version 1.
    [InlineData("inactive_file")] // Version 2.
    public void Memory_is_counted_without_the_file_cache(string name)
    {
        ContainerUsage usage = ContainerReadings.Usage(Sample(new MemoryStats { Usage = 1000, Limit = 5000, Stats = new Dictionary<string, ulong> { [name] = 400 } }), Given.Now)!;

        Assert.Equal((600, 5000), (usage.Memory, usage.MemoryLimit));
    }

    [Fact]
    public void Traffic_of_all_networks_is_added_up_and_processor_time_is_in_nanoseconds()
    {
        ContainerUsage usage = ContainerReadings.Usage(Sample(new MemoryStats { Usage = 1 }), Given.Now)!;

        Assert.Equal((30, 3, 7, TimeSpan.FromMilliseconds(1.5)), (usage.Received, usage.Sent, usage.Processes, usage.ProcessorTime));
        Assert.Null(usage.MemoryLimit);
    }

    [Fact]
    public void A_sample_of_a_container_that_does_not_run_says_nothing() => Assert.Null(ContainerReadings.Usage(new ContainerStatsResponse(), Given.Now));

    private static ContainerStatsResponse Sample(MemoryStats memory) => new()
    {
        Read = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        MemoryStats = memory,
        PidsStats = new PidsStats { Current = 7 },
        CPUStats = new CPUStats { CPUUsage = new CPUUsage { TotalUsage = 1_500_000 } },
        Networks = new Dictionary<string, NetworkStats> { ["eth0"] = new() { RxBytes = 10, TxBytes = 1 }, ["eth1"] = new() { RxBytes = 20, TxBytes = 2 } },
    };
}
