using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>The id of a command that is ready to run.</summary>
public class ContainerExecCreateResponse
{
    /// <summary>Passed to the other operations on commands.</summary>
    [JsonPropertyName("Id")]
    public string ID { get; set; }
}
