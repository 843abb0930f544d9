using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>The id of a container that was created, with the warnings that the engine had.</summary>
public class CreateContainerResponse
{
    [JsonPropertyName("Id")]
    public string ID { get; set; }

    public IList<string> Warnings { get; set; }
}
