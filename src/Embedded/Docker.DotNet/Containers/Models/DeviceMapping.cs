namespace Docker.DotNet.Models;

/// <summary>A device of the host made visible in a container.</summary>
public class DeviceMapping
{
    public string CgroupPermissions { get; set; }

    public string PathInContainer { get; set; }

    public string PathOnHost { get; set; }
}
