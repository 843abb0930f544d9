namespace Docker.DotNet.Models;

/// <summary>The bytes that a volume holds and how many containers use it; -1 where unknown.</summary>
public class VolumeUsageData
{
    public long RefCount { get; set; }

    public long Size { get; set; }
}
