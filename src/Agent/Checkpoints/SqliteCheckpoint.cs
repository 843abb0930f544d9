using System.Buffers;
using System.Text.Json;
using ActorScheduler.Protocol;
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
    /// <summary>
    /// In this order the file is locked from the first look at it until the process ends, which keeps a second one out. One by
    /// one, since an error of a later statement in one text is not told.
    /// </summary>
    private static readonly string[] Preparation =
    [
        "PRAGMA locking_mode = EXCLUSIVE",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "CREATE TABLE IF NOT EXISTS identity (id INTEGER PRIMARY KEY CHECK (id = 1), value TEXT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS tasks (framework TEXT NOT NULL, task TEXT NOT NULL, launch TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (framework, task)) WITHOUT ROWID",
        "CREATE TABLE IF NOT EXISTS updates (number INTEGER PRIMARY KEY, value TEXT NOT NULL)",
    ];

    private readonly SqliteConnection _connection;
    private readonly string _file;
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly Utf8JsonWriter _json;
    private readonly PreparedStatement _identify, _keep, _change, _forget, _owe, _deliver;

    /// <summary>Tasks whose launch is in the file: it is large and never changes, only the state is written after that.</summary>
    private readonly Dictionary<TaskKey, TaskLaunch> _launched = [];

    // A connection is for one thread at a time, and an agent that begins anew loads while its predecessor's save may still run.
    private readonly SemaphoreSlim _gate = new(1);

    static SqliteCheckpoint() => SQLitePCL.Batteries_V2.Init();

    private SqliteCheckpoint(SqliteConnection connection, string file)
    {
        (_connection, _file) = (connection, file);
        _json = new Utf8JsonWriter(_text, new JsonWriterOptions { Encoder = ScheduleJson.Plain.Encoder, SkipValidation = true });
        _identify = new PreparedStatement(connection, "INSERT OR REPLACE INTO identity VALUES (1, ?)");
        _keep = new PreparedStatement(connection, "INSERT OR REPLACE INTO tasks VALUES (?, ?, ?, ?)");
        _change = new PreparedStatement(connection, "UPDATE tasks SET state = ? WHERE framework = ? AND task = ?");
        _forget = new PreparedStatement(connection, "DELETE FROM tasks WHERE framework = ? AND task = ?");
        _owe = new PreparedStatement(connection, "INSERT OR REPLACE INTO updates VALUES (?, ?)");
        _deliver = new PreparedStatement(connection, "DELETE FROM updates WHERE number = ?");
    }

    /// <summary>Opens or makes the file.</summary>
    /// <exception cref="CheckpointException">It cannot be opened, or another process has it.</exception>
    public static SqliteCheckpoint Open(string file)
    {
        // The time-out is for a predecessor that is just ending.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 2 }.ToString());
        try
        {
            PrivateFiles.Passage(Path.GetDirectoryName(Path.GetFullPath(file))!);
            PrivateFiles.File(file);
            connection.Open();
            foreach (string statement in Preparation)
                connection.Execute(statement);
            return new SqliteCheckpoint(connection, file);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection.Dispose();
            throw new CheckpointException($"{file}: {(e is SqliteException { SqliteErrorCode: 5 or 6 } ? "another process has it" : e.Message)}", e);
        }
    }

    public Task<AgentMemory> Load() => Alone(() =>
    {
        string? identity = _connection.QuerySingleOrDefault<string>("SELECT value FROM identity");
        return new AgentMemory(
            identity is null ? null : Read<AgentIdentity>(identity, "identity", static it => it is { AgentId.Value: not null, Configured: not null, Total: not null }),
            [
                .. _connection.Query<(string Framework, string Task, string Launch, string State)>("SELECT framework, task, launch, state FROM tasks").Select(row =>
                {
                    string what = $"task '{row.Task}' of framework '{row.Framework}'";
                    KeptLaunch launch = Read<KeptLaunch>(row.Launch, what, it => it is { RunId: not null, Role: not null, Launch.Task: not null, Framework: not null }
                        && it.Framework.Id.Value == row.Framework && it.Launch.Task.Id.Value == row.Task);
                    return launch.With(Read<KeptState>(row.State, what, static it => it.Status is not null));
                }),
            ],
            [
                .. _connection.Query<(long Number, string Value)>("SELECT number, value FROM updates ORDER BY number").Select(row => Read<KeptUpdate>(
                    row.Value, $"update {row.Number}", it => it.Number == row.Number && it is { FrameworkId.Value: not null, Status.Uuid: not null })),
            ]);
    });

    public Task Save(IReadOnlyList<CheckpointChange> changes) => Alone(() =>
    {
        Dictionary<object, CheckpointChange>.ValueCollection latest = Latest(changes);
        using SqliteTransaction transaction = _connection.BeginTransaction();
        foreach (CheckpointChange change in latest)
            Write(change);
        transaction.Commit();
        foreach (CheckpointChange change in latest)
            Written(change);
        return true;
    });

    /// <summary>Lets the file grow to so many pages and no further, as a full disk would.</summary>
    internal void LimitPages(int most) => _connection.Execute($"PRAGMA max_page_count = {most}");

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        foreach (PreparedStatement statement in (PreparedStatement[])[_identify, _keep, _change, _forget, _owe, _deliver])
            statement.Dispose();
        await _json.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Of several changes of one row only the last is written: short tasks begin and end within one save.</summary>
    private static Dictionary<object, CheckpointChange>.ValueCollection Latest(IReadOnlyList<CheckpointChange> changes)
    {
        var latest = new Dictionary<object, CheckpointChange>(changes.Count);
        foreach (CheckpointChange change in changes)
        {
            object row = change switch
            {
                CheckpointChange.Keep keep => keep.Task.Key,
                CheckpointChange.Forget forget => forget.Task,
                CheckpointChange.Owe owe => owe.Update.Number,
                CheckpointChange.Deliver deliver => deliver.Number,
                _ => nameof(CheckpointChange.Identify),
            };
            latest[row] = change;
        }
        return latest.Values;
    }

    private async Task<T> Alone<T>(Func<T> work)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            return await Task.Run(work).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Write(CheckpointChange change)
    {
        switch (change)
        {
            case CheckpointChange.Identify { Identity: var identity }:
                _identify.With(Text(identity)).Run();
                break;
            case CheckpointChange.Keep { Task: var task } when HasLaunch(task):
                _change.With(Text(KeptState.Of(task))).With(task.Framework.Id.Value).With(task.Launch.Task.Id.Value).Run();
                break;
            case CheckpointChange.Keep { Task: var task }:
                _keep.With(task.Framework.Id.Value).With(task.Launch.Task.Id.Value).With(Text(KeptLaunch.Of(task))).With(Text(KeptState.Of(task))).Run();
                break;
            case CheckpointChange.Forget { Task: var key }:
                _forget.With(key.FrameworkId.Value).With(key.TaskId.Value).Run();
                break;
            case CheckpointChange.Owe { Update: var update }:
                _owe.With(update.Number).With(Text(update)).Run();
                break;
            case CheckpointChange.Deliver { Number: var number }:
                _deliver.With(number).Run();
                break;
            default:
                throw new InvalidOperationException($"no way to keep {change.GetType().Name}");
        }
    }

    /// <summary>Takes note of what the file has now.</summary>
    private void Written(CheckpointChange change)
    {
        if (change is CheckpointChange.Keep { Task: var task })
            _launched[task.Key] = task.Launch;
        else if (change is CheckpointChange.Forget { Task: var key })
            _launched.Remove(key);
    }

    private bool HasLaunch(KeptTask task) => _launched.TryGetValue(task.Key, out TaskLaunch? launch) && ReferenceEquals(launch, task.Launch);

    /// <summary>Good until the next call.</summary>
    private ReadOnlySpan<byte> Text<T>(T value)
    {
        _text.ResetWrittenCount();
        _json.Reset();
        JsonSerializer.Serialize(_json, value, ScheduleJson.Plain);
        return _text.WrittenSpan;
    }

    private T Read<T>(string text, string what, Func<T, bool> isWhole)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, ScheduleJson.Plain) is { } value && isWhole(value)
                ? value
                : throw new CheckpointException($"{_file}: {what} is not whole");
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or InvalidOperationException or OverflowException or NullReferenceException)
        {
            throw new CheckpointException($"{_file}: {what} cannot be read: {e.Message}", e);
        }
    }
}
