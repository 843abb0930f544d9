using ActorScheduler.Processes;
using ActorScheduler.Promises.Specs.Harness;

namespace ActorScheduler.Promises.Specs;

/// <summary>Promise 1 with a disk that gets full under the masters' journal, and has room again later.</summary>
public sealed class FullDiskSpecs
{
    [RootFact("Only root may mount the small file system that gets full")]
    public async Task The_disk_of_the_journal_is_full_for_a_while()
    {
        await using SmallDisk disk = await SmallDisk.Mount(megabytes: 64);
        await using ProcessCluster cluster = await ProcessCluster.Form(journal: $"sqlite:{Path.Combine(disk.Folder, "journal.db")}");

        await Outage.Of(cluster, () => Task.Run(disk.Fill), () => Task.Run(disk.Free), isWhole: false);

        Assert.Contains(cluster.Numbers.SelectMany(number => cluster[number].Lines), static line => line.Contains("disk is full", StringComparison.Ordinal));
    }
}
