using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>What a path inside a container is.</summary>
public class ContainerPathStatResponse
{
    [JsonPropertyName("linkTarget")]
    public string LinkTarget { get; set; }

    /// <summary>Bits as Go's os.FileMode has them.</summary>
    [JsonPropertyName("mode")]
    public uint Mode { get; set; }

    [JsonPropertyName("mtime")]
    public DateTime Mtime { get; set; }

    [JsonPropertyName("name")]
    public string Name { get; set; }

    [JsonPropertyName("size")]
    public long Size { get; set; }
}
