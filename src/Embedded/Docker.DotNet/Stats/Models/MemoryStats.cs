using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>Memory used by a container, in bytes.</summary>
public class MemoryStats
{
    [JsonPropertyName("commitbytes")]
    public ulong Commit { get; set; }

    [JsonPropertyName("commitpeakbytes")]
    public ulong CommitPeak { get; set; }

    [JsonPropertyName("failcnt")]
    public ulong Failcnt { get; set; }

    [JsonPropertyName("limit")]
    public ulong Limit { get; set; }

    [JsonPropertyName("max_usage")]
    public ulong MaxUsage { get; set; }

    [JsonPropertyName("privateworkingset")]
    public ulong PrivateWorkingSet { get; set; }

    [JsonPropertyName("stats")]
    public IDictionary<string, ulong> Stats { get; set; }

    [JsonPropertyName("usage")]
    public ulong Usage { get; set; }
}
