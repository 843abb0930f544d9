using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>A network as the engine tells of it.</summary>
public class NetworkResponse
{
    public bool Attachable { get; set; }

    public ConfigReference ConfigFrom { get; set; }

    public bool ConfigOnly { get; set; }

    public IDictionary<string, EndpointResource> Containers { get; set; }

    public DateTime Created { get; set; }

    public string Driver { get; set; }

    public bool EnableIPv6 { get; set; }

    [JsonPropertyName("Id")]
    public string ID { get; set; }

    public IPAM IPAM { get; set; }

    public bool Ingress { get; set; }

    public bool Internal { get; set; }

    public IDictionary<string, string> Labels { get; set; }

    public string Name { get; set; }

    public IDictionary<string, string> Options { get; set; }

    public IList<PeerInfo> Peers { get; set; }

    public string Scope { get; set; }
}
