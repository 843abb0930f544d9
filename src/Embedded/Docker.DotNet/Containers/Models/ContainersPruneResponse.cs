namespace Docker.DotNet.Models;

/// <summary>The containers that were pruned, with the bytes set free.</summary>
public class ContainersPruneResponse
{
    public IList<string> ContainersDeleted { get; set; }

    public ulong SpaceReclaimed { get; set; }
}
