namespace Docker.DotNet.Models;

/// <summary>A rate limit for one block device, in bytes or operations a second.</summary>
public class ThrottleDevice
{
    public string Path { get; set; }

    public ulong Rate { get; set; }
}
