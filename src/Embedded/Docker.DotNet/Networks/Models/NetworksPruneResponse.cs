namespace Docker.DotNet.Models;

/// <summary>The names of the networks that were deleted.</summary>
public class NetworksPruneResponse
{
    public IList<string> NetworksDeleted { get; set; }
}
