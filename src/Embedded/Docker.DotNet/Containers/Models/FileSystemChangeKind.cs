namespace Docker.DotNet.Models;

/// <summary>How a path differs from the image's.</summary>
public enum FileSystemChangeKind
{
    Modify,
    Add,
    Delete,
}
