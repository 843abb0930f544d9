using Akka.Configuration;

namespace Akka.Persistence.Sql.Config;

/// <summary>Which database a plugin speaks to, and its limits.</summary>
internal sealed record SqlPluginSettings
{
    internal required string Section { get; init; }

    internal required string ConnectionString { get; init; }

    internal required bool IsSqlite { get; init; }

    internal required int MaxWaitingWrites { get; init; }

    internal required int MaxRowsAFlush { get; init; }

    internal required int RowsAPage { get; init; }

    internal required int ReaderThreads { get; init; }

    internal required bool MakesTables { get; init; }

    /// <summary>Null for the serializer that the type is bound to.</summary>
    internal required string? DefaultSerializer { get; init; }

    /// <exception cref="ConfigurationException">A value is missing or none that there is; the message names its key.</exception>
    internal static SqlPluginSettings Read(Configuration.Config config, string section)
    {
        var provider = config.GetString("provider-name") ?? "";
        var isSqlite = provider.StartsWith("SQLite", StringComparison.OrdinalIgnoreCase);
        if (!isSqlite && !provider.StartsWith("PostgreSQL", StringComparison.OrdinalIgnoreCase))
            throw new ConfigurationException($"{section}.provider-name is [{provider}]; it has to be SQLite.MS or PostgreSQL.15");
        var connectionString = config.GetString("connection-string");
        if (string.IsNullOrWhiteSpace(connectionString)) throw new ConfigurationException($"{section}.connection-string is empty");
        var serializer = config.GetString("serializer");
        return new SqlPluginSettings
        {
            Section = section,
            ConnectionString = connectionString,
            IsSqlite = isSqlite,
            MaxWaitingWrites = AtLeastOne(config, section, "buffer-size", 5000),
            MaxRowsAFlush = AtLeastOne(config, section, "db-round-trip-max-batch-size", 1000),
            RowsAPage = AtLeastOne(config, section, "replay-batch-size", 1000),
            ReaderThreads = AtLeastOne(config, section, "parallelism", 3),
            MakesTables = config.GetBoolean("auto-initialize", true),
            // The fallback of all plugins names json here, which is what object is bound to anyway.
            DefaultSerializer = string.IsNullOrEmpty(serializer) || serializer == "json" ? null : serializer,
        };
    }

    private static int AtLeastOne(Configuration.Config config, string section, string key, int standard)
    {
        var value = config.GetInt(key, standard);
        return value >= 1 ? value : throw new ConfigurationException($"{section}.{key} is {value}; it has to be 1 or more");
    }
}
