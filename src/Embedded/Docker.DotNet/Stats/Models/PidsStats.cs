using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>Processes and threads of a container.</summary>
public class PidsStats
{
    [JsonPropertyName("current")]
    public ulong Current { get; set; }

    [JsonPropertyName("limit")]
    public ulong Limit { get; set; }
}
