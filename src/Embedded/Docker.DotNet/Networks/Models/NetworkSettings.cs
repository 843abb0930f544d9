namespace Docker.DotNet.Models;

/// <summary>The networks of a container with its addresses in them.</summary>
public class NetworkSettings
{
    public string Bridge { get; set; }

    public string EndpointID { get; set; }

    public string Gateway { get; set; }

    public string GlobalIPv6Address { get; set; }

    public long GlobalIPv6PrefixLen { get; set; }

    public bool HairpinMode { get; set; }

    public string IPAddress { get; set; }

    public long IPPrefixLen { get; set; }

    public string IPv6Gateway { get; set; }

    public string LinkLocalIPv6Address { get; set; }

    public long LinkLocalIPv6PrefixLen { get; set; }

    public string MacAddress { get; set; }

    public IDictionary<string, EndpointSettings> Networks { get; set; }

    public IDictionary<string, IList<PortBinding>> Ports { get; set; }

    public string SandboxID { get; set; }

    public string SandboxKey { get; set; }

    public IList<Address> SecondaryIPAddresses { get; set; }

    public IList<Address> SecondaryIPv6Addresses { get; set; }
}
