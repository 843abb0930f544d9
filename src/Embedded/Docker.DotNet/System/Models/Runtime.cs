using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>A container runtime that the engine can use.</summary>
public class Runtime
{
    [JsonPropertyName("runtimeArgs")]
    public IList<string> Args { get; set; }

    [JsonPropertyName("path")]
    public string Path { get; set; }
}
