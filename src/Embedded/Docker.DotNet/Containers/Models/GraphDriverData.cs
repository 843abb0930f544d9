namespace Docker.DotNet.Models;

/// <summary>The storage driver's own data on an image or container.</summary>
public class GraphDriverData
{
    public IDictionary<string, string> Data { get; set; }

    public string Name { get; set; }
}
