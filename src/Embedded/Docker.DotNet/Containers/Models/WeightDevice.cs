namespace Docker.DotNet.Models;

/// <summary>The relative weight of one block device, 10 to 1000.</summary>
public class WeightDevice
{
    public string Path { get; set; }

    public ushort Weight { get; set; }
}
