using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence.Journal;
using Akka.Persistence.Sql.Config;
using Akka.Persistence.Sql.Db;
using Akka.Persistence.Sql.Serialization;

namespace Akka.Persistence.Sql.Journal;

/// <summary>
/// The journal on SQLite and PostgreSQL. Writes of all actors are grouped into transactions; an event is acknowledged
/// when it is on the disk. A second writer of a persistence id fails on the unique key, and only its actor stops.
/// </summary>
public class SqlWriteJournal : AsyncWriteJournal
{
    /// <summary>The defaults of all keys, from the root of the configuration.</summary>
    public static readonly Configuration.Config DefaultConfiguration = SqlPersistence.DefaultConfiguration;

    private readonly SqlDatabase _database;
    private readonly RecordFormat _format;
    private readonly int _page;
    private readonly string _tagSeparator;

    public SqlWriteJournal(Configuration.Config journalConfig)
    {
        var config = journalConfig.WithFallback(SqlPersistence.DefaultJournalConfiguration);
        var settings = SqlPluginSettings.Read(config, Self.Path.Name);
        _page = settings.RowsAPage;
        _tagSeparator = config.GetString("tag-separator", ";");
        _format = new RecordFormat((ExtendedActorSystem)Context.System, settings.DefaultSerializer);
        _database = new SqlDatabase(settings, JournalTables.Read(config, settings.Section), null, Logging.GetLogger(Context.System, this));
    }

    /// <inheritdoc />
    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr)
    {
        try
        {
            return await _database.ReadAfterWrites(session => session.HighestSequenceNr(persistenceId)).ConfigureAwait(false);
        }
        catch (SqlStoreException cause)
        {
            throw new SqlStoreException(
                $"The events of persistence id [{persistenceId}] from sequence number [{fromSequenceNr + 1}] on cannot be read: {cause.Message}", cause);
        }
    }

    /// <inheritdoc />
    public override async Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback)
    {
        for (var next = fromSequenceNr; next <= toSequenceNr && max > 0;)
        {
            var from = next;
            var count = (int)Math.Min(_page, max);
            var last = await _database.Read(session => ReplayPage(session, persistenceId, from, toSequenceNr, count, recoveryCallback)).ConfigureAwait(false);
            if (last.Count < count) return;
            max -= last.Count;
            next = last.SequenceNr + 1;
        }
    }

    /// <inheritdoc />
    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        ImmutableList<Exception>.Builder? rejections = null;
        var rows = new List<EventRow>();
        var written = 0;
        foreach (var write in messages)
        {
            var before = rows.Count;
            Exception? rejection = null;
            try
            {
                foreach (var persistent in write.Events) rows.Add(Row(persistent));
            }
            catch (Exception cause)
            {
                // What cannot be serialized is not tried; the other writes are.
                rows.RemoveRange(before, rows.Count - before);
                rejection = cause;
            }

            if (rejection is not null && rejections is null)
                rejections = ImmutableList.CreateRange(Enumerable.Repeat<Exception>(null!, written)).ToBuilder();
            rejections?.Add(rejection!);
            written++;
        }

        if (rows.Count > 0)
        {
            if (_database.TryWrite(new InsertEvents(rows)) is not { } writing)
                return ImmutableList.CreateRange(Enumerable.Repeat<Exception>(_database.Full(), written));
            await writing.ConfigureAwait(false);
        }

        return rejections?.ToImmutable()!;
    }

    /// <inheritdoc />
    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr) =>
        _database.Write(new DeleteEvents(persistenceId, toSequenceNr));

    protected override void PostStop()
    {
        _database.Dispose();
        base.PostStop();
    }

    private (int Count, long SequenceNr) ReplayPage(
        ISqlSession session, string persistenceId, long from, long to, int count, Action<IPersistentRepresentation> callback)
    {
        var rows = session.ReadEvents(persistenceId, from, to, count);
        var expected = from;
        foreach (var row in rows)
        {
            if (row.SequenceNr > expected) session.VerifyGap(persistenceId, expected, row.SequenceNr);
            expected = row.SequenceNr + 1;
            var payload = _format.Read(
                "event", row.PersistenceId, row.SequenceNr, row.Message, row.SerializerId, row.Manifest,
                EventRow.Beside(row.CreatedTicks, row.EventManifest, row.Writer));
            callback(new Persistent(
                payload, row.SequenceNr, row.PersistenceId, row.EventManifest, isDeleted: false, ActorRefs.NoSender, row.Writer, row.CreatedTicks));
        }

        return (rows.Count, rows.Count == 0 ? to : rows[^1].SequenceNr);
    }

    private EventRow Row(IPersistentRepresentation persistent)
    {
        var (payload, tags) = persistent.Payload is Tagged tagged ? (tagged.Payload, tagged.Tags) : (persistent.Payload, null);
        var created = TimeProvider.System.GetUtcNow().Ticks;
        var eventManifest = string.IsNullOrEmpty(persistent.Manifest) ? null : persistent.Manifest;
        var (bytes, serializerId, manifest) = _format.Write(
            persistent.PersistenceId, persistent.SequenceNr, payload, EventRow.Beside(created, eventManifest, persistent.WriterGuid));
        return new EventRow(
            persistent.PersistenceId,
            persistent.SequenceNr,
            created,
            bytes,
            serializerId,
            manifest,
            eventManifest,
            persistent.WriterGuid,
            tags is { Count: > 0 } ? $"{_tagSeparator}{string.Join(_tagSeparator, tags)}{_tagSeparator}" : null);
    }
}
