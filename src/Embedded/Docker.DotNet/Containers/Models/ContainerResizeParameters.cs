namespace Docker.DotNet.Models;

/// <summary>The size of a terminal in characters.</summary>
public class ContainerResizeParameters
{
    public long? Height { get; set; }

    public long? Width { get; set; }
}
