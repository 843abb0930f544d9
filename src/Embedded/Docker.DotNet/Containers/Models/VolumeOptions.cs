namespace Docker.DotNet.Models;

/// <summary>Options of a volume mount.</summary>
public class VolumeOptions
{
    public Driver DriverConfig { get; set; }

    public IDictionary<string, string> Labels { get; set; }

    public bool NoCopy { get; set; }
}
