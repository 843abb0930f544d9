using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>Processor time split by mode and processor, in nanoseconds.</summary>
public class CPUUsage
{
    [JsonPropertyName("percpu_usage")]
    public IList<ulong> PercpuUsage { get; set; }

    [JsonPropertyName("total_usage")]
    public ulong TotalUsage { get; set; }

    [JsonPropertyName("usage_in_kernelmode")]
    public ulong UsageInKernelmode { get; set; }

    [JsonPropertyName("usage_in_usermode")]
    public ulong UsageInUsermode { get; set; }
}
