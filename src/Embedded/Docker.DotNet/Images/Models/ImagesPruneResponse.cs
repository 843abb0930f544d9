namespace Docker.DotNet.Models;

/// <summary>The images that were pruned, with the bytes set free.</summary>
public class ImagesPruneResponse
{
    public IList<ImageDeleteResponse> ImagesDeleted { get; set; }

    public ulong SpaceReclaimed { get; set; }
}
