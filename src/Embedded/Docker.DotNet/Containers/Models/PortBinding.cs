using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>The address and port of the host that a container's port is published on.</summary>
public class PortBinding
{
    [JsonPropertyName("HostIp")]
    public string HostIP { get; set; }

    public string HostPort { get; set; }
}
