namespace Docker.DotNet.Models;

/// <summary>A container as its network tells of it.</summary>
public class EndpointResource
{
    public string EndpointID { get; set; }

    public string IPv4Address { get; set; }

    public string IPv6Address { get; set; }

    public string MacAddress { get; set; }

    public string Name { get; set; }
}
