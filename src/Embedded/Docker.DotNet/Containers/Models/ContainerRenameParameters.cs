namespace Docker.DotNet.Models;

/// <summary>A container's new name.</summary>
public class ContainerRenameParameters
{
    public string NewName { get; set; }
}
