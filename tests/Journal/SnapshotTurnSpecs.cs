using ActorScheduler.Journal.Specs.Harness;
using Akka.Actor;
using Microsoft.Data.Sqlite;

namespace ActorScheduler.Journal.Specs;

/// <summary>Commits and the turn of a snapshot: whatever comes first, the actor goes on, and a snapshot is never ahead of the journal.</summary>
public sealed class SnapshotTurnSpecs : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public async Task An_actor_goes_on_after_a_snapshot_that_no_command_followed()
    {
        await using ShippedJournal journal = await ShippedJournal.Open(_folder.Journal);
        (IActorRef actor, _) = await journal.Begin("quiet", snapshotDueAfter: 2);
        for (int round = 1; round <= 5; round++)
        {
            // Nothing is sent until the snapshot is there: its mark came back before the next command.
            Assert.Equal(3 * round, await journal.Add(actor, facts: 3));
            await Snapshot("quiet", atLeast: 4 * round);
        }

        actor.Tell(PoisonPill.Instance);
        Assert.Equal(15, (await journal.Begin("quiet")).Recovered);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task Commits_that_are_under_way_when_a_snapshot_is_due_are_not_in_it_and_are_not_lost(int snapshotDueAfter)
    {
        await using ShippedJournal journal = await ShippedJournal.Open(_folder.Journal);
        (IActorRef actor, _) = await journal.Begin("busy", snapshotDueAfter);
        long[] acknowledged = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => journal.Add(actor, facts: (i % 3) + 1)));
        Assert.Equal(600, acknowledged.Max());
        Assert.Equal(acknowledged.Order(), acknowledged);
        await Snapshot("busy", atLeast: 1);

        // Killed, it writes nothing more.
        actor.Tell(Kill.Instance);
        // Facts that are in the snapshot and behind it too would be told as broken.
        Assert.Equal(600, (await journal.Begin("busy")).Recovered);
    }

    [Fact]
    public async Task Facts_that_are_missing_are_noticed()
    {
        await using ShippedJournal journal = await ShippedJournal.Open(_folder.Journal);
        (IActorRef actor, _) = await journal.Begin("gap");
        for (int i = 0; i < 10; i++)
            await journal.Add(actor);
        actor.Tell(PoisonPill.Instance);
        await Run("DELETE FROM asched_journal WHERE persistence_id = 'gap' AND sequence_number BETWEEN 3 AND 5");
        journal.Start("gap");
        Assert.Equal("not-recovered gap events 3 to 5 are missing", await journal.Says(static line => line.Contains("recovered gap", StringComparison.Ordinal)));

        // All is gone, and the last row says that there was something.
        await Run("DELETE FROM asched_journal WHERE persistence_id = 'gap' AND sequence_number < 10; UPDATE asched_journal SET deleted = 1 WHERE persistence_id = 'gap'");
        journal.Start("gap");
        Assert.Equal("not-recovered gap events 1 to 10 are missing", await journal.Says(static line => line.Contains("recovered gap", StringComparison.Ordinal)));
    }

    public void Dispose() => _folder.Dispose();

    private async Task Snapshot(string id, long atLeast)
    {
        using var late = new CancellationTokenSource(ShippedJournal.Limit);
        while (await Run($"SELECT max(sequence_number) FROM asched_snapshot WHERE persistence_id = '{id}'") is not long found || found < atLeast)
        {
            Assert.False(late.IsCancellationRequested, $"There is no snapshot of {atLeast} events, marks among them");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    private async Task<object?> Run(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.File};Pooling=False");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
