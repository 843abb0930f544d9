using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>Processor time used by a container, in nanoseconds.</summary>
public class CPUStats
{
    [JsonPropertyName("cpu_usage")]
    public CPUUsage CPUUsage { get; set; }

    [JsonPropertyName("online_cpus")]
    public uint OnlineCPUs { get; set; }

    [JsonPropertyName("system_cpu_usage")]
    public ulong SystemUsage { get; set; }

    [JsonPropertyName("throttling_data")]
    public ThrottlingData ThrottlingData { get; set; }
}
