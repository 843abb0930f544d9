using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>An image that a registry offers.</summary>
public class ImageSearchResponse
{
    [JsonPropertyName("description")]
    public string Description { get; set; }

    [JsonPropertyName("is_automated")]
    public bool IsAutomated { get; set; }

    [JsonPropertyName("is_official")]
    public bool IsOfficial { get; set; }

    [JsonPropertyName("name")]
    public string Name { get; set; }

    [JsonPropertyName("star_count")]
    public long StarCount { get; set; }
}
