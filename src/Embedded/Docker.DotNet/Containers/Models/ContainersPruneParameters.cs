namespace Docker.DotNet.Models;

/// <summary>Which stopped containers are pruned.</summary>
public class ContainersPruneParameters
{
    /// <summary>By filter name, the values asked for, each with true; values of one name are alternatives.</summary>
    public IDictionary<string, IDictionary<string, bool>> Filters { get; set; }
}
