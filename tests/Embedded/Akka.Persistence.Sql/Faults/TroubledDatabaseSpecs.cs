using ActorScheduler.Processes;
using Akka.Actor;
using Akka.Persistence.Sql.Specs.Stores;
using Microsoft.Data.Sqlite;

namespace Akka.Persistence.Sql.Specs.Faults;

/// <summary>A database that is locked, read-only, full or away: a clear error, nothing acknowledged lost, and work goes on afterwards.</summary>
[Collection("postgres")]
public sealed class TroubledDatabaseSpecs : IDisposable
{
    private readonly string _file = Databases.NewFile();
    private readonly string _id = $"t-{Guid.NewGuid():N}";
    private readonly List<IDisposable> _used = [];

    [Fact]
    public async Task A_locked_database_is_named_and_then_used_again()
    {
        var kit = Started(Databases.Sqlite(_file));
        var actor = Recovers(kit, "recovered ");
        await using var other = new SqliteConnection($"Data Source={_file};Pooling=False");
        await other.OpenAsync();
        await Run(other, "BEGIN IMMEDIATE");
        Fails(kit, actor, "locked");
        await Run(other, "ROLLBACK");
        Writes(kit, Recovers(kit, "recovered "), "a");
        Recovers(kit, "recovered a");
    }

    [Fact]
    public void A_database_that_becomes_read_only_is_named_and_then_used_again()
    {
        var kit = Started(Databases.Sqlite(_file));
        var actor = Recovers(kit, "recovered ");
        Writes(kit, actor, "a");
        // Another name for the same connection: a file that may only be read.
        var readOnly = Started(Databases.Config("SQLite.MS", $"Data Source={_file};Mode=ReadOnly"));
        var reader = Recovers(readOnly, "recovered a");
        Fails(readOnly, reader, "readonly");
        Writes(kit, actor, "b");
        Recovers(readOnly, "recovered a,b");
    }

    [RootFact("Only root may mount the small file system that gets full")]
    public async Task A_full_disk_is_named_and_then_used_again()
    {
        var kit = Started(Databases.Sqlite(_file, "db-round-trip-max-batch-size = 10"));
        var actor = Recovers(kit, "recovered ");
        Writes(kit, actor, "a");
        await using (var disk = await SmallDisk.Mount(megabytes: 4))
        {
            var file = Path.Combine(disk.Folder, "journal.db");
            var onSmall = Started(Databases.Sqlite(file));
            var writer = Recovers(onSmall, "recovered ");
            Writes(onSmall, writer, "a");
            disk.Fill();
            var large = new string('x', 512 * 1024);
            onSmall.Watch(writer);
            writer.Tell(large);
            var failure = onSmall.FishForMessage<string>(m => m.StartsWith("failed", StringComparison.Ordinal), TimeSpan.FromSeconds(10));
            Assert.True(
                failure.Contains("full", StringComparison.Ordinal) || failure.Contains("disk I/O error", StringComparison.Ordinal), failure[^Math.Min(200, failure.Length)..]);
            onSmall.ExpectMsg<Terminated>();
            disk.Free();
            Writes(onSmall, Recovers(onSmall, "recovered a"), "b");
            Recovers(onSmall, "recovered a,b");
            onSmall.Dispose();
        }
    }

    [Fact]
    public void A_full_queue_rejects_clearly()
    {
        var kit = Started(Databases.Sqlite(_file, "buffer-size = 1"));
        using var other = new SqliteConnection($"Data Source={_file};Pooling=False");
        Recovers(kit, "recovered ");
        other.Open();
        using var begin = other.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        var journal = Persistence.Instance.Apply(kit.Sys).JournalFor(null!);
        for (var n = 1; n <= 20; n++)
            journal.Tell(new WriteMessages([new AtomicWrite(new Persistent($"e{n}", 1, $"{_id}-q{n}", writerGuid: "w"))], kit.CreateTestProbe().Ref, 1));
        var probe = kit.CreateTestProbe();
        journal.Tell(new WriteMessages([new AtomicWrite(new Persistent("late", 1, $"{_id}-late", writerGuid: "w"))], probe.Ref, 1));
        probe.ExpectMsg<WriteMessagesSuccessful>();
        var rejected = probe.ExpectMsg<WriteMessageRejected>();
        Assert.Contains("buffer-size", rejected.Cause.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public void A_postgres_that_is_restarted_is_named_and_then_used_again()
    {
        var kit = Started(Databases.OnPostgres());
        var actor = Recovers(kit, "recovered ");
        Writes(kit, actor, "a");
        if (!PrivatePostgres.TryRestart()) PrivatePostgres.EndSessions();
        kit.Watch(actor);
        actor.Tell("b");
        kit.FishForMessage<string>(m => m.StartsWith("failed b: Writing to PostgreSQL", StringComparison.Ordinal));
        kit.ExpectMsg<Terminated>();
        Writes(kit, Recovers(kit, "recovered a"), "c");
    }

    [Fact]
    public void An_unreachable_postgres_is_named()
    {
        var kit = Started(Databases.Config("PostgreSQL.15", "Host=127.0.0.1;Port=1;Username=nobody;Timeout=3"));
        kit.Sys.ActorOf(Props.Create(() => new Recorder(_id, kit.TestActor)));
        var failure = kit.ExpectMsg<string>(TimeSpan.FromSeconds(10));
        Assert.StartsWith("not recovered: ", failure, StringComparison.Ordinal);
        Assert.Contains("Opening PostgreSQL at 127.0.0.1:1 failed", failure, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        foreach (var used in _used) used.Dispose();
        try
        {
            Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
        }
        catch (IOException)
        {
            // A write that was still under way has made its file anew. The folder is one for temporary files.
        }
    }

    private TestKit.Xunit2.TestKit Started(string config)
    {
        var kit = new TestKit.Xunit2.TestKit(config);
        _used.Add(kit);
        return kit;
    }

    private IActorRef Recovers(TestKit.Xunit2.TestKit kit, string expected)
    {
        var actor = kit.Sys.ActorOf(Props.Create(() => new Recorder(_id, kit.TestActor)));
        kit.ExpectMsg(expected, TimeSpan.FromSeconds(10));
        return actor;
    }

    private static void Writes(TestKit.Xunit2.TestKit kit, IActorRef actor, string text)
    {
        actor.Tell(text);
        kit.ExpectMsg($"written {text}", TimeSpan.FromSeconds(10));
    }

    private static void Fails(TestKit.Xunit2.TestKit kit, IActorRef actor, string why)
    {
        kit.Watch(actor);
        actor.Tell("lost");
        var failure = kit.ExpectMsg<string>(TimeSpan.FromSeconds(15));
        Assert.StartsWith("failed lost: ", failure, StringComparison.Ordinal);
        Assert.Contains(why, failure, StringComparison.Ordinal);
        kit.ExpectMsg<Terminated>();
    }

    private static async Task Run(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
