namespace ActorScheduler.Journal.Specs.Harness;

/// <summary>A folder that goes with the fact.</summary>
internal sealed class TestFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("journal-").FullName;

    internal string File => System.IO.Path.Combine(Path, "journal.db");

    /// <summary>As it is written in a node's configuration.</summary>
    internal string Journal => $"sqlite:{File}";

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
