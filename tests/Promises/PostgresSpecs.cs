using System.Reflection;
using ActorScheduler.Promises.Specs.Harness;

namespace ActorScheduler.Promises.Specs;

/// <summary>The same promises with the journal in PostgreSQL, and while that is away.</summary>
[Collection(OnPostgres.Name)]
public sealed class PostgresSpecs(PostgresFixture fixture)
{
    public static TheoryData<string> Crashes =>
        [.. typeof(CrashSpecs).GetMethods().Where(static method => method.GetCustomAttribute<FactAttribute>() is not null).Select(static method => method.Name)];

    [PostgresTheory]
    [MemberData(nameof(Crashes))]
    public Task Crash(string fact) => (Task)typeof(CrashSpecs).GetMethod(fact)!.Invoke(new CrashSpecs(fixture), null)!;

    [PostgresFact]
    public Task The_server_is_restarted() => Outage.Of(fixture.Cluster, fixture.Server.Restart, static () => Task.CompletedTask, isWhole: false);

    [PostgresFact]
    public Task The_server_is_killed_and_comes_back_later() => Outage.Of(fixture.Cluster, fixture.Server.Kill, fixture.Server.Restart, isWhole: true);

    [PostgresFact]
    public Task The_server_stands_still_for_a_while() => Outage.Of(fixture.Cluster, fixture.Server.Pause, fixture.Server.Resume, isWhole: true);
}
