namespace Docker.DotNet.Models;

/// <summary>Options of a tmpfs mount.</summary>
public class TmpfsOptions
{
    /// <summary>Permission bits.</summary>
    public uint Mode { get; set; }

    public long SizeBytes { get; set; }
}
