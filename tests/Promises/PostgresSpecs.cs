using System.Diagnostics;
using System.Reflection;
using ActorScheduler.Promises.Specs.Harness;
using ActorScheduler.Protocol;

namespace ActorScheduler.Promises.Specs;

/// <summary>The same promises with the journal in PostgreSQL, and while that is away: nothing is acknowledged that is lost, and nothing that runs notices.</summary>
[Collection(OnPostgres.Name)]
public sealed class PostgresSpecs(PostgresFixture fixture)
{
    /// <summary>Mostly a few seconds. Much more means that something waits longer than the server was away.</summary>
    private static readonly TimeSpan Resumption = TimeSpan.FromSeconds(40);

    public static TheoryData<string> Crashes =>
        [.. typeof(CrashSpecs).GetMethods().Where(static method => method.GetCustomAttribute<FactAttribute>() is not null).Select(static method => method.Name)];

    [PostgresTheory]
    [MemberData(nameof(Crashes))]
    public Task Crash(string fact) => (Task)typeof(CrashSpecs).GetMethod(fact)!.Invoke(new CrashSpecs(fixture), null)!;

    [PostgresFact]
    public Task The_server_is_restarted() => Outage(fixture.Server.Restart, static () => Task.CompletedTask);

    [PostgresFact]
    public Task The_server_is_killed_and_comes_back_later() => Outage(fixture.Server.Kill, fixture.Server.Restart);

    [PostgresFact]
    public Task The_server_stands_still_for_a_while() => Outage(fixture.Server.Pause, fixture.Server.Resume);

    /// <summary>While the journal is away a command is refused or waits; what was acknowledged before and what runs is not touched.</summary>
    private async Task Outage(Func<Task> begin, Func<Task> end)
    {
        await fixture.Cluster.Whole();
        await using BusyFramework framework = await BusyFramework.Start(fixture.Cluster);
        await framework.Progresses();
        int[] processes = [.. fixture.Cluster.Numbers.Select(number => fixture.Cluster[number].Id)];

        await begin();
        Task<IProtocolMessage> asked = fixture.Cluster.Client.AskAllocatorAsync<IProtocolMessage>(new SetWeight(Guid.NewGuid(), "while-away", 2));
        // As long as a server takes to come back: the breakers are open by then.
        await Eventually.Passes(TimeSpan.FromSeconds(8));
        await end();

        long endedAt = Stopwatch.GetTimestamp();
        await framework.Progresses();
        Assert.InRange(Stopwatch.GetElapsedTime(endedAt), TimeSpan.Zero, Resumption);
        bool isDone = await asked is CommandDone;
        RolesSnapshot roles = await fixture.Cluster.Client.AskAllocatorAsync<RolesSnapshot>(new GetRoles());
        Assert.True(!isDone || roles.Roles.Any(static role => role is { Name: "while-away", Weight: 2 }), "a weight was acknowledged and is not there");
        Assert.All(framework.Sleepers, static sleeper => Assert.Null(sleeper.Task.End));
        Assert.Equal(processes, fixture.Cluster.Numbers.Select(number => fixture.Cluster[number].Id));
        Assert.All(fixture.Cluster.Numbers, number => Assert.False(fixture.Cluster[number].HasExited));
        await framework.Settles();
    }
}
