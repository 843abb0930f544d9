namespace Docker.DotNet.Models;

/// <summary>Options of a bind mount.</summary>
public class BindOptions
{
    public bool NonRecursive { get; set; }

    public string Propagation { get; set; }
}
