namespace Docker.DotNet.Models;

/// <summary>One path of a container that differs from its image.</summary>
public class ContainerFileSystemChangeResponse
{
    public FileSystemChangeKind Kind { get; set; }

    public string Path { get; set; }
}
