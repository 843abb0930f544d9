using Akka.Configuration;

namespace Akka.Persistence.Sql.Config;

/// <summary>Names of the journal's tables and columns, each as it stands in a statement.</summary>
internal sealed record JournalTables(
    string? Schema, string Table, string BareTable, string Ordering, string Id, string SequenceNr, string Created, string Deleted, string Tags,
    string Message, string Serializer, string Manifest, string Writer, string Metadata, string MetadataId, string MetadataSequenceNr)
{
    internal static JournalTables Read(Configuration.Config config, string section)
    {
        var (mapping, path) = TableNames.Mapping(config, section);
        var schema = TableNames.Schema(mapping);
        string Column(string name) => TableNames.Quoted(mapping, path, $"journal.columns.{name}");
        return new JournalTables(
            schema,
            TableNames.WithSchema(schema, TableNames.Quoted(mapping, path, "journal.table-name")),
            mapping.GetString("journal.table-name"),
            Column("ordering"), Column("persistence-id"), Column("sequence-number"), Column("created"), Column("deleted"), Column("tags"),
            Column("message"), Column("identifier"), Column("manifest"), Column("writer-uuid"),
            TableNames.WithSchema(schema, TableNames.Quoted(mapping, path, "metadata.table-name")),
            TableNames.Quoted(mapping, path, "metadata.columns.persistence-id"),
            TableNames.Quoted(mapping, path, "metadata.columns.sequence-number"));
    }
}

/// <summary>Names of the snapshot table and its columns, each as it stands in a statement.</summary>
internal sealed record SnapshotTables(
    string? Schema, string Table, string Id, string SequenceNr, string Created, string Snapshot, string Manifest, string Serializer)
{
    internal static SnapshotTables Read(Configuration.Config config, string section)
    {
        var (mapping, path) = TableNames.Mapping(config, section);
        var schema = TableNames.Schema(mapping);
        string Column(string name) => TableNames.Quoted(mapping, path, $"snapshot.columns.{name}");
        return new SnapshotTables(
            schema,
            TableNames.WithSchema(schema, TableNames.Quoted(mapping, path, "snapshot.table-name")),
            Column("persistence-id"), Column("sequence-number"), Column("created"), Column("snapshot"), Column("manifest"), Column("serializerId"));
    }
}

/// <summary>Reads names for statements from the configuration.</summary>
internal static class TableNames
{
    internal static (Configuration.Config Mapping, string Path) Mapping(Configuration.Config config, string section)
    {
        var name = config.GetString("table-mapping", "default");
        var mapping = config.GetConfig(name)
            ?? throw new ConfigurationException($"{section}.table-mapping is [{name}], but there is no section {section}.{name}");
        return (mapping, $"{section}.{name}");
    }

    internal static string? Schema(Configuration.Config mapping)
    {
        var name = mapping.GetString("schema-name");
        return string.IsNullOrEmpty(name) ? null : Quote(name);
    }

    internal static string WithSchema(string? schema, string table) => schema is null ? table : $"{schema}.{table}";

    internal static string Quoted(Configuration.Config mapping, string path, string key)
    {
        var name = mapping.GetString(key);
        return string.IsNullOrEmpty(name) ? throw new ConfigurationException($"{path}.{key} is empty") : Quote(name);
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
