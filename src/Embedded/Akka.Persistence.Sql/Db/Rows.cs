namespace Akka.Persistence.Sql.Db;

/// <summary>An event as it lies in the table. The message ends with its checksum.</summary>
internal sealed record EventRow(
    string PersistenceId, long SequenceNr, long CreatedTicks, byte[] Message, int SerializerId, string Manifest, string? EventManifest, string Writer, string? Tags)
{
    /// <summary>What the checksum covers beside the message and its name.</summary>
    internal static string Beside(long createdTicks, string? eventManifest, string writer) => $"{createdTicks}|{eventManifest}|{writer}";
}

/// <summary>A snapshot as it lies in the table. The payload ends with its checksum.</summary>
internal sealed record SnapshotRow(string PersistenceId, long SequenceNr, long CreatedTicks, byte[] Payload, int SerializerId, string Manifest);
