using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>The id of an image made of a container.</summary>
public class CommitContainerChangesResponse
{
    [JsonPropertyName("Id")]
    public string ID { get; set; }
}
