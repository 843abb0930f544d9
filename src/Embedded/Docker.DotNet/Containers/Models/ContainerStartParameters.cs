namespace Docker.DotNet.Models;

/// <summary>Options of a start.</summary>
public class ContainerStartParameters
{
    public string DetachKeys { get; set; }
}
