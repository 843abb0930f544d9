namespace Docker.DotNet.Models;

/// <summary>The path inside a container that is archived.</summary>
public class GetArchiveFromContainerParameters
{
    public string Path { get; set; }
}
