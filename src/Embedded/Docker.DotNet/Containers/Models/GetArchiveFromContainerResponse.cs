namespace Docker.DotNet.Models;

/// <summary>What the archived path is, and its contents as a tar stream. The caller disposes the stream.</summary>
public class GetArchiveFromContainerResponse
{
    public ContainerPathStatResponse Stat { get; set; }

    public Stream Stream { get; set; }
}
