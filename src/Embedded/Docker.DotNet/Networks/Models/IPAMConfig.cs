using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>One range of addresses of a network.</summary>
public class IPAMConfig
{
    [JsonPropertyName("AuxiliaryAddresses")]
    public IDictionary<string, string> AuxAddress { get; set; }

    public string Gateway { get; set; }

    public string IPRange { get; set; }

    public string Subnet { get; set; }
}
