using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>Limits and restart policy that can be changed while a container runs.</summary>
public class UpdateConfig
{
    public UpdateConfig()
    {
    }

    public UpdateConfig(Resources resources)
    {
        ArgumentNullException.ThrowIfNull(resources);
        BlkioDeviceReadBps = resources.BlkioDeviceReadBps;
        BlkioDeviceReadIOps = resources.BlkioDeviceReadIOps;
        BlkioDeviceWriteBps = resources.BlkioDeviceWriteBps;
        BlkioDeviceWriteIOps = resources.BlkioDeviceWriteIOps;
        BlkioWeight = resources.BlkioWeight;
        BlkioWeightDevice = resources.BlkioWeightDevice;
        CPUCount = resources.CPUCount;
        CPUPercent = resources.CPUPercent;
        CPUPeriod = resources.CPUPeriod;
        CPUQuota = resources.CPUQuota;
        CPURealtimePeriod = resources.CPURealtimePeriod;
        CPURealtimeRuntime = resources.CPURealtimeRuntime;
        CPUShares = resources.CPUShares;
        CgroupParent = resources.CgroupParent;
        CpusetCpus = resources.CpusetCpus;
        CpusetMems = resources.CpusetMems;
        DeviceCgroupRules = resources.DeviceCgroupRules;
        DeviceRequests = resources.DeviceRequests;
        Devices = resources.Devices;
        IOMaximumBandwidth = resources.IOMaximumBandwidth;
        IOMaximumIOps = resources.IOMaximumIOps;
        KernelMemory = resources.KernelMemory;
        KernelMemoryTCP = resources.KernelMemoryTCP;
        Memory = resources.Memory;
        MemoryReservation = resources.MemoryReservation;
        MemorySwap = resources.MemorySwap;
        MemorySwappiness = resources.MemorySwappiness;
        NanoCPUs = resources.NanoCPUs;
        OomKillDisable = resources.OomKillDisable;
        PidsLimit = resources.PidsLimit;
        Ulimits = resources.Ulimits;
    }

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

    public long Memory { get; set; }

    public long MemoryReservation { get; set; }

    public long MemorySwap { get; set; }

    public long? MemorySwappiness { get; set; }

    [JsonPropertyName("NanoCpus")]
    public long NanoCPUs { get; set; }

    public bool? OomKillDisable { get; set; }

    public long? PidsLimit { get; set; }

    public RestartPolicy RestartPolicy { get; set; }

    public IList<Ulimit> Ulimits { get; set; }
}
