using System.Diagnostics;
using ActorScheduler.Protocol;

namespace ActorScheduler.Promises.Specs.Harness;

/// <summary>
/// The masters' journal is away for a while: a command is refused or waits, what was acknowledged before and what runs is not
/// touched, no process ends, and work goes on when the journal is back.
/// </summary>
internal static class Outage
{
    /// <summary>As long as a server takes to come back: the journal's breakers are open by then.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(8);

    /// <summary>Mostly a few seconds. Much more means that something waits longer than the journal was away.</summary>
    private static readonly TimeSpan Resumption = TimeSpan.FromSeconds(40);

    /// <summary>Tries it.</summary>
    /// <param name="cluster">Where.</param>
    /// <param name="begin">Takes the journal away.</param>
    /// <param name="end">Gives it back.</param>
    /// <param name="isWhole">Whether nothing at all can be kept in between, so that nothing may be acknowledged.</param>
    public static async Task Of(ProcessCluster cluster, Func<Task> begin, Func<Task> end, bool isWhole)
    {
        await cluster.Whole();
        await using BusyFramework framework = await BusyFramework.Start(cluster);
        await framework.Progresses();
        int[] processes = [.. cluster.Numbers.Select(number => cluster[number].Id)];

        await begin();
        Task<IProtocolMessage> asked = cluster.Client.AskAllocatorAsync<IProtocolMessage>(new SetWeight(Guid.NewGuid(), "while-away", 2));
        await Eventually.Passes(Length);
        Assert.False(isWhole && asked.IsCompletedSuccessfully && await asked is CommandDone, "a weight was acknowledged while there was no journal");
        await end();

        long endedAt = Stopwatch.GetTimestamp();
        await framework.Progresses();
        Assert.InRange(Stopwatch.GetElapsedTime(endedAt), TimeSpan.Zero, Resumption);
        bool isDone = await asked is CommandDone;
        RolesSnapshot roles = await cluster.Client.AskAllocatorAsync<RolesSnapshot>(new GetRoles());
        Assert.True(!isDone || roles.Roles.Any(static role => role is { Name: "while-away", Weight: 2 }), "a weight was acknowledged and is not there");
        Assert.All(framework.Sleepers, static sleeper => Assert.Null(sleeper.Task.End));
        Assert.Equal(processes, cluster.Numbers.Select(number => cluster[number].Id));
        Assert.All(cluster.Numbers, number => Assert.False(cluster[number].HasExited));
        await framework.Settles();
    }
}
