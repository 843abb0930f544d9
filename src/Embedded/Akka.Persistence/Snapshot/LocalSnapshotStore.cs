using System.Globalization;
using Akka.Event;

namespace Akka.Persistence.Snapshot;

/// <summary>
/// Keeps each snapshot in a file of its own, named snapshot-ID-SEQUENCE-TICKS. A file is written beside and then moved
/// into place, so that half of one is never found. When the newest cannot be read, older ones are tried.
/// </summary>
public class LocalSnapshotStore : SnapshotStore
{
    private readonly string _directory;
    private readonly int _maxLoadAttempts;
    private readonly Akka.Serialization.Serialization _serialization;
    private readonly ILoggingAdapter _log;

    public LocalSnapshotStore()
    {
        var config = Persistence.Instance.Apply(Context.System).ConfigOf(Self.Path.Name, isJournal: false);
        _directory = Path.GetFullPath(config.GetString("dir", "snapshots"));
        _maxLoadAttempts = config.GetInt("max-load-attempts", 3);
        _serialization = Context.System.Serialization;
        _log = Logging.GetLogger(Context.System, this);
    }

    protected override Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria) => Task.Run(() =>
    {
        Exception? failure = null;
        var newest = Files(persistenceId).Where(f => criteria.IsMatch(f.Metadata))
            .OrderByDescending(f => (f.Metadata.SequenceNr, f.Metadata.Timestamp)).Take(_maxLoadAttempts);
        foreach (var (metadata, file) in newest)
        {
            try
            {
                return new SelectedSnapshot(metadata, Serializer().FromBinary<Serialization.Snapshot>(File.ReadAllBytes(file)).Data);
            }
            catch (Exception cause)
            {
                _log.Error(cause, "Error loading snapshot [{0}] of [{1}]", file, persistenceId);
                failure = cause;
            }
        }

        return failure is null ? null! : throw new IOException($"No snapshot of persistence id [{persistenceId}] could be read: {failure.Message}", failure);
    });

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        var bytes = Serializer().ToBinary(new Serialization.Snapshot(snapshot));
        return Task.Run(() =>
        {
            Directory.CreateDirectory(_directory);
            var place = Path.Combine(_directory, $"{Prefix(metadata.PersistenceId)}{metadata.SequenceNr}-{metadata.Timestamp.Ticks}");
            using (var file = new FileStream(place + ".tmp", FileMode.Create, FileAccess.Write))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(place + ".tmp", place, overwrite: true);
            foreach (var (known, file) in Files(metadata.PersistenceId))
                if (known.SequenceNr == metadata.SequenceNr && file != place)
                    File.Delete(file);
        });
    }

    protected override Task DeleteAsync(SnapshotMetadata metadata) => Delete(metadata.PersistenceId, found =>
        found.SequenceNr == metadata.SequenceNr && (metadata.Timestamp == SnapshotMetadata.TimestampNotSpecified || found.Timestamp == metadata.Timestamp));

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) => Delete(persistenceId, criteria.IsMatch);

    private static string Prefix(string persistenceId) => $"snapshot-{Uri.EscapeDataString(persistenceId)}-";

    private Akka.Serialization.Serializer Serializer() => _serialization.FindSerializerForType(typeof(Serialization.Snapshot));

    private Task Delete(string persistenceId, Predicate<SnapshotMetadata> condition) => Task.Run(() =>
    {
        foreach (var (metadata, file) in Files(persistenceId))
            if (condition(metadata))
                File.Delete(file);
    });

    private List<(SnapshotMetadata Metadata, string File)> Files(string persistenceId)
    {
        var found = new List<(SnapshotMetadata, string)>();
        if (!Directory.Exists(_directory)) return found;
        var prefix = Prefix(persistenceId);
        foreach (var file in Directory.EnumerateFiles(_directory, prefix + "*"))
        {
            var parts = Path.GetFileName(file)[prefix.Length..].Split('-');
            if (parts.Length == 2
                && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequenceNr)
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks))
                found.Add((new SnapshotMetadata(persistenceId, sequenceNr, new DateTime(ticks, DateTimeKind.Utc)), file));
        }

        return found;
    }
}
