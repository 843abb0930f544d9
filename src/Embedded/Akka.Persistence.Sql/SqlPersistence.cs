using Akka.Actor;

namespace Akka.Persistence.Sql;

/// <summary>The defaults of the SQL plugins.</summary>
public class SqlPersistence : IExtension
{
    public const string JournalConfigPath = "akka.persistence.journal.sql";
    public const string SnapshotStoreConfigPath = "akka.persistence.snapshot-store.sql";

    /// <summary>All defaults, from the root of the configuration.</summary>
    public static readonly Configuration.Config DefaultConfiguration =
        Configuration.ConfigurationFactory.FromResource<SqlPersistence>("Akka.Persistence.Sql.sql.conf");

    /// <summary>The defaults of the journal's section.</summary>
    public static readonly Configuration.Config DefaultJournalConfiguration = DefaultConfiguration.GetConfig(JournalConfigPath);

    /// <summary>The defaults of the snapshot store's section.</summary>
    public static readonly Configuration.Config DefaultSnapshotConfiguration = DefaultConfiguration.GetConfig(SnapshotStoreConfigPath);

    public SqlPersistence(ActorSystem system) => system.Settings.InjectTopLevelFallback(DefaultConfiguration);

    public static SqlPersistence Get(ActorSystem system) => system.WithExtension<SqlPersistence, SqlPersistenceProvider>();
}

/// <summary>Names the extension <see cref="SqlPersistence"/>.</summary>
public sealed class SqlPersistenceProvider : ExtensionIdProvider<SqlPersistence>
{
    public override SqlPersistence CreateExtension(ExtendedActorSystem system) => new(system);
}
