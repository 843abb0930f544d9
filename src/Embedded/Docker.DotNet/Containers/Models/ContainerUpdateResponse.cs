namespace Docker.DotNet.Models;

/// <summary>Warnings that came with an update.</summary>
public class ContainerUpdateResponse
{
    public IList<string> Warnings { get; set; }
}
