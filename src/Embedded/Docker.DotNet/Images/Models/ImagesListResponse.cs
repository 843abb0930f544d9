using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>An image as lists show it.</summary>
public class ImagesListResponse
{
    public long Containers { get; set; }

    public DateTime Created { get; set; }

    [JsonPropertyName("Id")]
    public string ID { get; set; }

    public IDictionary<string, string> Labels { get; set; }

    [JsonPropertyName("ParentId")]
    public string ParentID { get; set; }

    public IList<string> RepoDigests { get; set; }

    public IList<string> RepoTags { get; set; }

    public long SharedSize { get; set; }

    public long Size { get; set; }

    public long VirtualSize { get; set; }
}
