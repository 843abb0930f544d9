namespace Docker.DotNet.Models;

/// <summary>A resource limit of the container's processes.</summary>
public class Ulimit
{
    public long Hard { get; set; }

    public string Name { get; set; }

    public long Soft { get; set; }
}
