using ActorScheduler.Journal.Specs.Harness;
using ActorScheduler.Master.Journaling;
using ActorScheduler.Processes;
using Microsoft.Data.Sqlite;

namespace ActorScheduler.Journal.Specs.Schema;

/// <summary>What a master finds in a store when it starts.</summary>
[Collection("postgres")]
public sealed class SchemaSpecs : IDisposable
{
    private readonly TestFolder _folder = new();

    [Theory]
    [InlineData("CREATE TABLE journal (ordering INTEGER PRIMARY KEY, persistence_id TEXT)", "was written by an earlier version")]
    [InlineData("CREATE TABLE events (id INTEGER PRIMARY KEY)", "was written by an earlier version")]
    [InlineData("CREATE TABLE asched_schema (version INTEGER); INSERT INTO asched_schema VALUES (2)", "has tables of version 2, and this program knows version 1")]
    public async Task A_file_of_another_version_is_refused_and_left_alone(string tables, string why)
    {
        await Run(tables);
        Assert.Contains(why, await Refused(_folder.Journal), StringComparison.Ordinal);
        Assert.Equal(0L, await Run("SELECT count(*) FROM sqlite_master WHERE name = 'asched_journal'"));
    }

    [PostgresFact]
    public async Task A_database_of_another_version_is_refused_and_one_with_tables_of_others_is_used()
    {
        string database = await PostgresServer.NewDatabase();
        await PostgresServer.Run(database, "CREATE TABLE events (id BIGINT)");
        using (await JournalStore.Parse($"postgres:{database}", ".").Value.Open())
            await PostgresServer.Run(database, "UPDATE asched_schema SET version = 2");
        Assert.Contains("has tables of version 2", await Refused($"postgres:{database}"), StringComparison.Ordinal);

        database = await PostgresServer.NewDatabase();
        await PostgresServer.Run(database, "CREATE TABLE journal (ordering BIGINT, persistence_id TEXT)");
        Assert.Contains("was written by an earlier version", await Refused($"postgres:{database}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_made_with_a_log_that_is_synchronized_with_each_commit()
    {
        await using (ShippedJournal journal = await ShippedJournal.Open(_folder.Journal))
            await journal.Begin("first");
        Assert.Equal("wal", await Run("PRAGMA journal_mode"));
        Assert.Equal(2L, await Run("PRAGMA synchronous"));
    }

    [Theory]
    [InlineData("a;b")]
    [InlineData("a;Mode=Memory")]
    [InlineData("a'b\"c=d ")]
    [InlineData("a\\b ${c}\nd")]
    public async Task A_file_may_have_any_name(string name)
    {
        string file = Path.Combine(Path.GetDirectoryName(_folder.File)!, name);
        await using (ShippedJournal journal = await ShippedJournal.Open($"sqlite:{file}"))
            await journal.Begin("first");

        Assert.True(new FileInfo(file).Length > 0);
    }

    [Fact]
    public void What_is_no_connection_string_is_refused_without_its_password()
    {
        Assert.False(JournalStore.Parse("postgres:Host=db;Pasword=secret", ".").TryGet(out _, out ActorScheduler.Model.Problem? problem));
        Assert.Contains("Pasword", problem.Reason, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret", problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named() =>
        Assert.StartsWith("PostgreSQL at 127.0.0.1:1, database asched cannot be used: ", await Refused("postgres:Host=127.0.0.1;Port=1;Database=asched;Username=nobody;Password=secret;Timeout=3"), StringComparison.Ordinal);

    [Fact]
    public async Task What_is_no_database_is_refused()
    {
        await File.WriteAllTextAsync(_folder.File, new string('x', 4096));
        Assert.Contains("file is not a database", await Refused(_folder.Journal), StringComparison.Ordinal);
    }

    [RootFact("Only root may mount a file system that cannot be written")]
    public async Task A_file_that_can_only_be_read_is_refused()
    {
        await using SmallDisk disk = await SmallDisk.Mount(megabytes: 4);
        string journal = $"sqlite:{Path.Combine(disk.Folder, "journal.db")}";
        (await JournalStore.Parse(journal, ".").Value.Open()).Dispose();
        await disk.MakeReadOnly();
        Assert.Matches("readonly|unable to open", await Refused(journal));
    }

    [Fact]
    public async Task Masters_that_start_at_once_make_one_schema()
    {
        OpenJournal[] all = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => JournalStore.Parse(_folder.Journal, ".").Value.Open())));
        Assert.Equal(1L, await Run("SELECT count(*) FROM asched_schema"));
        foreach (OpenJournal one in all)
            one.Dispose();
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> Refused(string journal) =>
        (await Assert.ThrowsAsync<JournalException>(() => JournalStore.Parse(journal, ".").Value.Open())).Message;

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
