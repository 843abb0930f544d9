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
    private readonly string _file;
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly Utf8JsonWriter _json;
    private CheckpointFile _open;

    /// <summary>Tasks whose launch is in the file: it is large and never changes, only the state is written after that.</summary>
    private readonly Dictionary<TaskKey, TaskLaunch> _launched = [];

    // A connection is for one thread at a time, and an agent that begins anew loads while its predecessor's save may still run.
    private readonly SemaphoreSlim _gate = new(1);

    static SqliteCheckpoint() => SQLitePCL.Batteries_V2.Init();

    private SqliteCheckpoint(string file)
    {
        (_open, _file) = (CheckpointFile.Open(file), file);
        _json = new Utf8JsonWriter(_text, new JsonWriterOptions { Encoder = ScheduleJson.Plain.Encoder, SkipValidation = true });
    }

    /// <summary>Opens or makes the file.</summary>
    /// <exception cref="CheckpointException">It cannot be opened, or another process has it.</exception>
    public static SqliteCheckpoint Open(string file) => new(file);

    public Task<AgentMemory> Load() => Alone(() =>
    {
        string? identity = _open.Connection.QuerySingleOrDefault<string>("SELECT value FROM identity");
        return new AgentMemory(
            identity is null ? null : Read<AgentIdentity>(identity, "identity", static it => it is { AgentId.Value: not null, Configured: not null, Total: not null }),
            [
                .. _open.Connection.Query<(string Framework, string Task, string Launch, string State)>("SELECT framework, task, launch, state FROM tasks").Select(row =>
                {
                    string what = $"task '{row.Task}' of framework '{row.Framework}'";
                    KeptLaunch launch = Read<KeptLaunch>(row.Launch, what, it => it is { RunId: not null, Role: not null, Launch.Task: not null, Framework: not null }
                        && it.Framework.Id.Value == row.Framework && it.Launch.Task.Id.Value == row.Task);
                    return launch.With(Read<KeptState>(row.State, what, static it => it.Status is not null));
                }),
            ],
            [
                .. _open.Connection.Query<(long Number, string Value)>("SELECT number, value FROM updates ORDER BY number").Select(row => Read<KeptUpdate>(
                    row.Value, $"update {row.Number}", it => it.Number == row.Number && it is { FrameworkId.Value: not null, Status.Uuid: not null })),
            ]);
    });

    public Task Save(IReadOnlyList<CheckpointChange> changes) => Alone(() =>
    {
        _open.Check();
        Dictionary<object, CheckpointChange>.ValueCollection latest = Latest(changes);
        if (latest.Count > 0)
        {
            using SqliteTransaction transaction = _open.Connection.BeginTransaction();
            foreach (CheckpointChange change in latest)
                Write(change);
            transaction.Commit();
            // Only what is in the file that has the name is there for whoever opens it next.
            _open.Check();
        }
        foreach (CheckpointChange change in latest)
            Written(change);
        return true;
    });

    /// <remarks>The new file is whole before it gets the name: a crash meanwhile leaves one or the other.</remarks>
    public Task Renew(IReadOnlyList<CheckpointChange> all) => Alone(() =>
    {
        string whole = $"{_file}.new";
        foreach (string rest in ((string[])[whole, $"{whole}-wal"]).Where(File.Exists))
            File.Delete(rest);
        CheckpointFile old = _open;
        _launched.Clear();
        try
        {
            using (_open = CheckpointFile.Open(whole))
            {
                using SqliteTransaction transaction = _open.Connection.BeginTransaction();
                foreach (CheckpointChange change in all)
                    Write(change);
                transaction.Commit();
            }
        }
        finally
        {
            _open = old;
        }
        _open = old.ReplaceBy(whole);
        foreach (CheckpointChange change in all)
            Written(change);
        return true;
    });

    /// <summary>Lets the file grow to so many pages and no further, as a full disk would.</summary>
    internal void LimitPages(int most) => _open.Connection.Execute($"PRAGMA max_page_count = {most}");

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        await _json.DisposeAsync().ConfigureAwait(false);
        _open.Dispose();
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
                _open.Identify.With(Text(identity)).Run();
                break;
            case CheckpointChange.Keep { Task: var task } when HasLaunch(task):
                _open.Change.With(Text(KeptState.Of(task))).With(task.Framework.Id.Value).With(task.Launch.Task.Id.Value).Run();
                break;
            case CheckpointChange.Keep { Task: var task }:
                _open.Keep.With(task.Framework.Id.Value).With(task.Launch.Task.Id.Value).With(Text(KeptLaunch.Of(task))).With(Text(KeptState.Of(task))).Run();
                break;
            case CheckpointChange.Forget { Task: var key }:
                _open.Forget.With(key.FrameworkId.Value).With(key.TaskId.Value).Run();
                break;
            case CheckpointChange.Owe { Update: var update }:
                _open.Owe.With(update.Number).With(Text(update)).Run();
                break;
            case CheckpointChange.Deliver { Number: var number }:
                _open.Deliver.With(number).Run();
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
