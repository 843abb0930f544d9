using Akka.Persistence.Specs.Compatibility;

namespace Akka.Persistence.Sql.Specs.Stores;

/// <summary>The journal on SQLite.</summary>
public sealed class SqliteJournalSpecs() : JournalCompatibility(Databases.Sqlite(Databases.NewFile()));

/// <summary>The journal on SQLite with small pages and groups, which splits everything.</summary>
public sealed class SqliteJournalInSmallPiecesSpecs() : JournalCompatibility(
    Databases.Sqlite(Databases.NewFile(), "replay-batch-size = 2\ndb-round-trip-max-batch-size = 1\ntable-mapping = sqlite"));

/// <summary>The snapshot store on SQLite.</summary>
public sealed class SqliteSnapshotStoreSpecs() : SnapshotStoreCompatibility(Databases.Sqlite(Databases.NewFile()));
