namespace Docker.DotNet.Models;

/// <summary>Whether a removal kills first, and what goes with the container.</summary>
public class ContainerRemoveParameters
{
    public bool? Force { get; set; }

    public bool? RemoveLinks { get; set; }

    public bool? RemoveVolumes { get; set; }
}
