using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>Limits and devices of a container as a control group takes them.</summary>
public class Resources
{
    public IList<ThrottleDevice> BlkioDeviceReadBps { get; set; }

    public IList<ThrottleDevice> BlkioDeviceReadIOps { get; set; }

    public IList<ThrottleDevice> BlkioDeviceWriteBps { get; set; }

    public IList<ThrottleDevice> BlkioDeviceWriteIOps { get; set; }

    public ushort BlkioWeight { get; set; }

    public IList<WeightDevice> BlkioWeightDevice { get; set; }

    [JsonPropertyName("CpuCount")]
    public long CPUCount { get; set; }

    [JsonPropertyName("CpuPercent")]
    public long CPUPercent { get; set; }

    [JsonPropertyName("CpuPeriod")]
    public long CPUPeriod { get; set; }

    [JsonPropertyName("CpuQuota")]
    public long CPUQuota { get; set; }

    [JsonPropertyName("CpuRealtimePeriod")]
    public long CPURealtimePeriod { get; set; }

    [JsonPropertyName("CpuRealtimeRuntime")]
    public long CPURealtimeRuntime { get; set; }

    [JsonPropertyName("CpuShares")]
    public long CPUShares { get; set; }

    public string CgroupParent { get; set; }

    public string CpusetCpus { get; set; }

    public string CpusetMems { get; set; }

    public IList<string> DeviceCgroupRules { get; set; }

    public IList<DeviceRequest> DeviceRequests { get; set; }

    public IList<DeviceMapping> Devices { get; set; }

    public ulong IOMaximumBandwidth { get; set; }

    public ulong IOMaximumIOps { get; set; }

    public long KernelMemory { get; set; }

    public long KernelMemoryTCP { get; set; }

    /// <summary>Bytes; 0 for no limit.</summary>
    public long Memory { get; set; }

    public long MemoryReservation { get; set; }

    public long MemorySwap { get; set; }

    public long? MemorySwappiness { get; set; }

    /// <summary>Billionths of a processor; 0 for no limit.</summary>
    [JsonPropertyName("NanoCpus")]
    public long NanoCPUs { get; set; }

    public bool? OomKillDisable { get; set; }

    public long? PidsLimit { get; set; }

    public IList<Ulimit> Ulimits { get; set; }
}
