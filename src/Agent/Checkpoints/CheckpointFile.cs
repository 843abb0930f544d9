using ActorScheduler.Protocol;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ActorScheduler.Agent.Checkpoints;

/// <summary>A checkpoint's file, open and locked for this process, with the statements that write it.</summary>
internal sealed class CheckpointFile : IDisposable
{
    private const int Busy = 5;
    private const int Locked = 6;

    /// <summary>Where SQLite locks each of its files.</summary>
    private const long LockBytes = 0x40000000;
    private const long LockLength = 512;

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

    private readonly string _file;
    private readonly KnownFiles _known;
    private bool _isClosed;

    private CheckpointFile(SqliteConnection connection, string file)
    {
        (Connection, _file) = (connection, file);
        Identify = new PreparedStatement(connection, "INSERT OR REPLACE INTO identity VALUES (1, ?)");
        Keep = new PreparedStatement(connection, "INSERT OR REPLACE INTO tasks VALUES (?, ?, ?, ?)");
        Change = new PreparedStatement(connection, "UPDATE tasks SET state = ? WHERE framework = ? AND task = ?");
        Forget = new PreparedStatement(connection, "DELETE FROM tasks WHERE framework = ? AND task = ?");
        Owe = new PreparedStatement(connection, "INSERT OR REPLACE INTO updates VALUES (?, ?)");
        Deliver = new PreparedStatement(connection, "DELETE FROM updates WHERE number = ?");
        _known = new KnownFiles(file, LogOf(file));
    }

    public SqliteConnection Connection { get; }

    public PreparedStatement Identify { get; }

    public PreparedStatement Keep { get; }

    public PreparedStatement Change { get; }

    public PreparedStatement Forget { get; }

    public PreparedStatement Owe { get; }

    public PreparedStatement Deliver { get; }

    /// <summary>Opens or makes a file.</summary>
    /// <exception cref="CheckpointException">It cannot be opened, or another process has it.</exception>
    public static CheckpointFile Open(string file)
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
            return new CheckpointFile(connection, file);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection.Dispose();
            throw new CheckpointException($"{file}: {(IsTaken(e) ? "another process has it" : e.Message)}", e);
        }
    }

    /// <summary>Makes sure that what is written goes to the file that has the name.</summary>
    /// <exception cref="CheckpointReplacedException">It does not.</exception>
    public void Check()
    {
        if (_isClosed)
            throw new CheckpointReplacedException($"{_file} could not be opened again after it was deleted or replaced while the agent was running");
        if (_known.Missing() is { } path)
            throw new CheckpointReplacedException($"{path} was deleted or replaced while the agent was running");
    }

    /// <summary>
    /// Puts a whole file in the place of this one, which has lost its name, and closes this one. What somebody has put there since is kept
    /// beside it, with <c>.replaced</c> behind its name.
    /// </summary>
    /// <param name="whole">A file with all that is kept, on the same disk; closed.</param>
    /// <exception cref="CheckpointException">Another process has what is there now.</exception>
    public CheckpointFile ReplaceBy(string whole)
    {
        bool isForeign = _known.Missing() == _file && File.Exists(_file);
        if (isForeign)
            CheckUntaken();
        // It takes its log away with it, so that is before anything else gets the name.
        Dispose();
        if (isForeign)
            File.Move(_file, $"{_file}.replaced", overwrite: true);
        File.Delete(LogOf(_file));
        File.Move(whole, _file, overwrite: true);
        return Open(_file);
    }

    public void Dispose()
    {
        _isClosed = true;
        foreach (PreparedStatement statement in (PreparedStatement[])[Identify, Keep, Change, Forget, Owe, Deliver])
            statement.Dispose();
        Connection.Dispose();
    }

    private static string LogOf(string file) => $"{file}-wal";

    private static bool IsTaken(Exception e) => e is SqliteException { SqliteErrorCode: Busy or Locked };

    /// <summary>Without a word to SQLite, which would play what stands in our log into it.</summary>
    private void CheckUntaken()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var other = new FileStream(_file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            other.Lock(LockBytes, LockLength);
        }
        catch (IOException e)
        {
            throw new CheckpointException($"{_file}: another process has what was put there", e);
        }
    }
}
