using ActorScheduler.Journal.Specs.Harness;
using Akka.Actor;

namespace ActorScheduler.Journal.Specs.Incarnations;

/// <summary>
/// One actor alive on two nodes at once, as for seconds after a split has healed and a member that the others have downed does not know it yet. Each
/// has begun with what the other wrote before; the one that writes second fails, also where what the first wrote was deleted after a snapshot.
/// </summary>
[Collection("postgres")]
public sealed class IncarnationSpecs : IDisposable
{
    private const string Id = "twice";

    private readonly TestFolder _folder = new();

    [Fact]
    public Task No_two_incarnations_have_the_same_fact_acknowledged_on_sqlite() => Alternate(_folder.Journal);

    [PostgresFact]
    public async Task No_two_incarnations_have_the_same_fact_acknowledged_on_postgres() => await Alternate($"postgres:{await PostgresServer.NewDatabase()}");

    public void Dispose() => _folder.Dispose();

    /// <summary>The first writes 10 facts at a time, with snapshots and deletes; then the second, which knows nothing of them, one.</summary>
    private static async Task Alternate(string journal)
    {
        await using ShippedJournal one = await ShippedJournal.Open(journal);
        await using ShippedJournal two = await ShippedJournal.Open(journal);
        (IActorRef first, _) = await one.Begin(Id, snapshotDueAfter: 4);
        (IActorRef second, _) = await two.Begin(Id, snapshotDueAfter: 4);
        long acknowledged = 0;
        for (int round = 1; round <= 10; round++)
        {
            for (int i = 0; i < 10; i++)
                Assert.Equal(++acknowledged, await one.Add(first));

            string failure = await two.Fails(second);
            Assert.Contains("another incarnation of the actor has written on", failure, StringComparison.Ordinal);
            (second, long recovered) = await two.BeginAtLast(Id);
            Assert.Equal(acknowledged, recovered);
        }

        // Now it is the second that is ahead.
        Assert.Equal(++acknowledged, await two.Add(second));
        await one.Fails(first);
        Assert.Equal(acknowledged, (await one.BeginAtLast(Id)).Recovered);
    }
}
