using Akka.Persistence.Sql.Db;

namespace Akka.Persistence.Sql.Sqlite;

/// <summary>
/// Looks whether a SQLite file is damaged, once for each plugin that uses it. A flipped bit in an index would hide an
/// event without any error, and an event that is hidden at the end leaves no gap.
/// </summary>
internal sealed class SqliteIntegrity
{
    /// <summary>Above this size the look would take seconds of every start; then only gaps are looked into.</summary>
    private const long MaxBytes = 64L * 1024 * 1024;

    private readonly Lock _lock = new();
    private bool _looked;

    /// <exception cref="SqlStoreException">The file is damaged.</exception>
    internal void LookOnce(SqliteStatements database, string file)
    {
        lock (_lock)
        {
            if (_looked) return;
            if (File.Exists(file) && new FileInfo(file).Length <= MaxBytes && database.Damage() is { } damage)
                throw new SqlStoreException($"The SQLite database {file} is damaged: {damage}");
            _looked = true;
        }
    }
}
