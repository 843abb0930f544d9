using System.Text.Json;
using ActorScheduler.Protocol.Serialization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ActorScheduler.Agent.Checkpoints;

/// <summary>
/// A SQLite file in the agent's data folder. Each save is one transaction, flushed to the disk before it returns. One process
/// has it at a time: a second one is refused.
/// </summary>
internal sealed class SqliteCheckpoint : ICheckpoint
{
    private readonly SqliteConnection _connection;

    static SqliteCheckpoint() => SQLitePCL.Batteries_V2.Init();

    private SqliteCheckpoint(SqliteConnection connection)
    {
        _connection = connection;
    }

    /// <summary>Opens or makes the file.</summary>
    /// <exception cref="CheckpointException">It cannot be opened, or another process has it.</exception>
    public static SqliteCheckpoint Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        try
        {
            connection.Open();
            // An exclusive lock from the first write on keeps a second process out; it is released with the process.
            connection.Execute("""
                PRAGMA locking_mode = EXCLUSIVE;
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                CREATE TABLE IF NOT EXISTS identity (id INTEGER PRIMARY KEY CHECK (id = 1), value TEXT NOT NULL);
                CREATE TABLE IF NOT EXISTS tasks (framework TEXT NOT NULL, task TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (framework, task));
                CREATE TABLE IF NOT EXISTS updates (number INTEGER PRIMARY KEY, value TEXT NOT NULL);
                """);
            return new SqliteCheckpoint(connection);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new CheckpointException($"{file}: {(e.SqliteErrorCode is 5 or 6 ? "another process has it" : e.Message)}", e);
        }
    }

    public Task<AgentMemory> Load() => Task.Run(() =>
    {
        string? identity = _connection.QuerySingleOrDefault<string>("SELECT value FROM identity");
        return new AgentMemory(
            identity is null ? null : Read<AgentIdentity>(identity, "identity"),
            [.. _connection.Query<(string Task, string Value)>("SELECT task, value FROM tasks").Select(static row => Read<KeptTask>(row.Value, $"task {row.Task}"))],
            [.. _connection.Query<(long Number, string Value)>("SELECT number, value FROM updates ORDER BY number").Select(static row => Read<KeptUpdate>(row.Value, $"update {row.Number}"))]);
    });

    public Task Save(IReadOnlyList<CheckpointChange> changes) => Task.Run(() =>
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        foreach (CheckpointChange change in changes)
            Write(change, transaction);
        transaction.Commit();
    });

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void Write(CheckpointChange change, SqliteTransaction transaction)
    {
        _ = change switch
        {
            CheckpointChange.Identify identify => _connection.Execute(
                "INSERT INTO identity VALUES (1, @value) ON CONFLICT DO UPDATE SET value = excluded.value", new { value = Text(identify.Identity) }, transaction),
            CheckpointChange.Keep { Task: var task } => _connection.Execute(
                "INSERT INTO tasks VALUES (@framework, @task, @value) ON CONFLICT DO UPDATE SET value = excluded.value",
                new { framework = task.Framework.Id.Value, task = task.Launch.Task.Id.Value, value = Text(task) }, transaction),
            CheckpointChange.Forget { Task: var key } => _connection.Execute(
                "DELETE FROM tasks WHERE framework = @framework AND task = @task", new { framework = key.FrameworkId.Value, task = key.TaskId.Value }, transaction),
            CheckpointChange.Owe { Update: var update } => _connection.Execute(
                "INSERT INTO updates VALUES (@number, @value)", new { number = update.Number, value = Text(update) }, transaction),
            CheckpointChange.Deliver { Number: var number } => _connection.Execute("DELETE FROM updates WHERE number = @number", new { number }, transaction),
            _ => throw new InvalidOperationException($"no way to keep {change.GetType().Name}"),
        };
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, ScheduleJson.Plain);

    private static T Read<T>(string text, string what)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, ScheduleJson.Plain) ?? throw new CheckpointException($"{what} in the agent's checkpoint is empty");
        }
        catch (JsonException e)
        {
            throw new CheckpointException($"{what} in the agent's checkpoint cannot be read: {e.Message}", e);
        }
    }
}
