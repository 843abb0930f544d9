namespace ActorScheduler.Containers.Specs;

/// <summary>A folder that is gone afterwards.</summary>
internal sealed class TestFolder : IDisposable
{
    public TestFolder() => Path = Directory.CreateTempSubdirectory("agent-").FullName;

    public string Path { get; }

    public string File => System.IO.Path.Combine(Path, "agent.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
