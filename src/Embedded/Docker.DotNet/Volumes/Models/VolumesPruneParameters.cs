namespace Docker.DotNet.Models;

/// <summary>Which unused volumes are pruned.</summary>
public class VolumesPruneParameters
{
    /// <summary>By filter name, the values asked for, each with true; values of one name are alternatives.</summary>
    public IDictionary<string, IDictionary<string, bool>> Filters { get; set; }
}
