namespace Docker.DotNet.Models;

/// <summary>The volumes that were pruned, with the bytes set free.</summary>
public class VolumesPruneResponse
{
    public ulong SpaceReclaimed { get; set; }

    public IList<string> VolumesDeleted { get; set; }
}
