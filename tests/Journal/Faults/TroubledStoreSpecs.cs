using ActorScheduler.Journal.Specs.Harness;
using ActorScheduler.Journal.Writer;
using ActorScheduler.Processes;
using Akka.Actor;
using Microsoft.Data.Sqlite;

namespace ActorScheduler.Journal.Specs.Faults;

/// <summary>A store that is locked, full, away or exchanged: a clear error, nothing acknowledged that is not there, and work goes on afterwards.</summary>
[Collection("postgres")]
public sealed class TroubledStoreSpecs : IDisposable
{
    private const string Id = "troubled";

    private readonly TestFolder _folder = new();

    [Fact]
    public async Task A_locked_file_is_named_and_then_used_again()
    {
        await using ShippedJournal journal = await ShippedJournal.Open(_folder.Journal);
        (IActorRef actor, _) = await journal.Begin(Id);
        await journal.Add(actor);
        await using (var other = new SqliteConnection($"Data Source={_folder.File};Pooling=False"))
        {
            await other.OpenAsync();
            await using SqliteTransaction held = other.BeginTransaction();
            Assert.Contains("locked", await journal.Fails(actor), StringComparison.Ordinal);
        }

        await GoesOn(journal);
    }

    [RootFact("Only root may mount the small file system that gets full")]
    public async Task A_full_disk_is_named_and_then_used_again()
    {
        await using SmallDisk disk = await SmallDisk.Mount(megabytes: 4);
        await using ShippedJournal journal = await ShippedJournal.Open($"sqlite:{Path.Combine(disk.Folder, "journal.db")}");
        (IActorRef actor, _) = await journal.Begin(Id);
        await journal.Add(actor);
        disk.Fill();
        // The log may have some room left from before.
        (long acknowledged, string said) = (1, "");
        for (int i = 0; i < 1000 && !said.StartsWith("failed", StringComparison.Ordinal); i++)
        {
            actor.Tell(new CountingActor.AddFacts(100), ActorRefs.NoSender);
            string next = $"ack {Id} {acknowledged + 100}";
            said = await journal.Says(line => line == next || line.StartsWith("failed", StringComparison.Ordinal));
            acknowledged += said == next ? 100 : 0;
        }

        Assert.Matches("full|disk I/O error", said);
        disk.Free();
        await GoesOn(journal, acknowledged);
    }

    [Theory]
    [InlineData("journal.db", false)]
    [InlineData("journal.db", true)]
    [InlineData("journal.db-wal", false)]
    public async Task A_file_that_is_deleted_or_replaced_is_noticed_before_anything_is_acknowledged(string name, bool isReplaced)
    {
        string file = Path.Combine(_folder.Path, name);
        await using (ShippedJournal journal = await ShippedJournal.Open(_folder.Journal))
        {
            (IActorRef actor, _) = await journal.Begin(Id);
            Assert.Equal(1, await journal.Add(actor));
            File.Move(file, Path.Combine(_folder.Path, "moved"));
            if (isReplaced)
                File.Copy(Path.Combine(_folder.Path, "moved"), file);
            Assert.Contains($"{file} was deleted or replaced while this node was running", await journal.Fails(actor), StringComparison.Ordinal);
            journal.Start(Id);
            Assert.Contains("was deleted or replaced", await journal.Says(static line => line.StartsWith("not-recovered", StringComparison.Ordinal)), StringComparison.Ordinal);
            if (isReplaced)
                return;
            File.Move(Path.Combine(_folder.Path, "moved"), file, overwrite: true);
            await GoesOn(journal);
        }
    }

    [PostgresFact]
    public async Task A_server_that_is_restarted_is_used_again()
    {
        await using ShippedJournal journal = await ShippedJournal.Open($"postgres:{await PostgresServer.NewDatabase()}");
        (IActorRef actor, _) = await journal.Begin(Id);
        await journal.Add(actor);
        await PostgresServer.Restart();
        await journal.Fails(actor);
        await GoesOn(journal);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task GoesOn(ShippedJournal journal, long acknowledged = 1)
    {
        (IActorRef actor, long recovered) = await journal.BeginAtLast(Id);
        Assert.True(recovered >= acknowledged, $"{acknowledged} facts were acknowledged, {recovered} recovered");
        Assert.Equal(recovered + 1, await journal.Add(actor));
    }
}
