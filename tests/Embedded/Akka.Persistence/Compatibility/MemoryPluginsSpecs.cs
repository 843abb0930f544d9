namespace Akka.Persistence.Specs.Compatibility;

/// <summary>The journal in memory.</summary>
public sealed class MemoryJournalSpecs() : JournalCompatibility(
    "akka.loglevel = WARNING\nakka.persistence.snapshot-store.plugin = akka.persistence.snapshot-store.inmem");

/// <summary>The snapshot store in memory.</summary>
public sealed class MemorySnapshotStoreSpecs() : SnapshotStoreCompatibility(
    "akka.loglevel = WARNING\nakka.persistence.snapshot-store.plugin = akka.persistence.snapshot-store.inmem");

/// <summary>The snapshot store in files.</summary>
public sealed class LocalSnapshotStoreSpecs() : SnapshotStoreCompatibility(
    $"akka.loglevel = WARNING\nakka.persistence.snapshot-store.local.dir = \"{Directory}\"")
{
    private static readonly string Directory = Path.Combine(Path.GetTempPath(), $"snapshots-{Guid.NewGuid():N}");

    protected override void AfterAll()
    {
        base.AfterAll();
        if (System.IO.Directory.Exists(Directory)) System.IO.Directory.Delete(Directory, recursive: true);
    }
}
