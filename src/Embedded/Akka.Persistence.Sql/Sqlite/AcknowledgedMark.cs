using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Akka.Persistence.Sql.Db;
using Microsoft.Win32.SafeHandles;

namespace Akka.Persistence.Sql.Sqlite;

/// <summary>
/// A small file beside a SQLite journal that says which commit was acknowledged last. SQLite passes over a damaged end
/// of its log without a word, as if the transactions in it had never been; this file is how that is noticed.
/// </summary>
/// <remarks>
/// It is written after each commit and not synced: it survives the death of the process, and after a power cut it may be
/// behind, never ahead. A file that is itself damaged says nothing and is ignored.
/// Layout: commit number (8 bytes), length of the text (4), text, SHA-256 of all that.
/// </remarks>
internal sealed class AcknowledgedMark(string path) : IDisposable
{
    private const int HeaderLength = 12;
    private const int MaxRecords = 16;

    private SafeFileHandle? _file;

    /// <exception cref="SqlStoreException">The database lacks commits that were acknowledged; the message names records in them.</exception>
    internal void Check(SqliteStatements database)
    {
        if (!File.Exists(path) || Read(File.ReadAllBytes(path)) is not { } mark) return;
        var found = database.CommitCount();
        if (found < mark.Commit)
            throw new SqlStoreException(
                $"The database has lost acknowledged events: {mark.Commit - found} of {mark.Commit} commits are missing at its end. The last one held {mark.Records}. " +
                $"Restore the database with its log, or delete {path} to go on without them.");
    }

    internal void Set(long commit, IReadOnlyList<WriteItem> items)
    {
        var records = string.Join(", ", items.OfType<InsertEvents>().Where(insert => !insert.HasFailed).Take(MaxRecords).Select(insert => insert.Describe()));
        var text = Encoding.UTF8.GetBytes(records.Length == 0 ? "deletions only" : records);
        var bytes = new byte[HeaderLength + text.Length + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, commit);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), text.Length);
        text.CopyTo(bytes, HeaderLength);
        SHA256.HashData(bytes.AsSpan(0, HeaderLength + text.Length), bytes.AsSpan(HeaderLength + text.Length));
        _file ??= File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(_file, bytes, 0);
    }

    public void Dispose() => _file?.Dispose();

    private static (long Commit, string Records)? Read(byte[] bytes)
    {
        if (bytes.Length < HeaderLength + SHA256.HashSizeInBytes) return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8));
        if (length < 0 || length > bytes.Length - HeaderLength - SHA256.HashSizeInBytes) return null;
        var sum = SHA256.HashData(bytes.AsSpan(0, HeaderLength + length));
        return sum.AsSpan().SequenceEqual(bytes.AsSpan(HeaderLength + length, SHA256.HashSizeInBytes))
            ? (BinaryPrimitives.ReadInt64LittleEndian(bytes), Encoding.UTF8.GetString(bytes, HeaderLength, length))
            : null;
    }
}
