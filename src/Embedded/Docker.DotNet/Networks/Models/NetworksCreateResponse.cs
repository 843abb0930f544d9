using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>The id of a network that was created.</summary>
public class NetworksCreateResponse
{
    [JsonPropertyName("Id")]
    public string ID { get; set; }

    public string Warning { get; set; }
}
