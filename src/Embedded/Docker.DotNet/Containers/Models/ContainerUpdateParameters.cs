using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>New limits and restart policy for a container.</summary>
public class ContainerUpdateParameters
{
    public ContainerUpdateParameters()
    {
    }

    public ContainerUpdateParameters(UpdateConfig updateConfig)
    {
        ArgumentNullException.ThrowIfNull(updateConfig);
        BlkioDeviceReadBps = updateConfig.BlkioDeviceReadBps;
        BlkioDeviceReadIOps = updateConfig.BlkioDeviceReadIOps;
        BlkioDeviceWriteBps = updateConfig.BlkioDeviceWriteBps;
        BlkioDeviceWriteIOps = updateConfig.BlkioDeviceWriteIOps;
        BlkioWeight = updateConfig.BlkioWeight;
        BlkioWeightDevice = updateConfig.BlkioWeightDevice;
        CPUCount = updateConfig.CPUCount;
        CPUPercent = updateConfig.CPUPercent;
        CPUPeriod = updateConfig.CPUPeriod;
        CPUQuota = updateConfig.CPUQuota;
        CPURealtimePeriod = updateConfig.CPURealtimePeriod;
        CPURealtimeRuntime = updateConfig.CPURealtimeRuntime;
        CPUShares = updateConfig.CPUShares;
        CgroupParent = updateConfig.CgroupParent;
        CpusetCpus = updateConfig.CpusetCpus;
        CpusetMems = updateConfig.CpusetMems;
        DeviceCgroupRules = updateConfig.DeviceCgroupRules;
        DeviceRequests = updateConfig.DeviceRequests;
        Devices = updateConfig.Devices;
        IOMaximumBandwidth = updateConfig.IOMaximumBandwidth;
        IOMaximumIOps = updateConfig.IOMaximumIOps;
        KernelMemory = updateConfig.KernelMemory;
        KernelMemoryTCP = updateConfig.KernelMemoryTCP;
        Memory = updateConfig.Memory;
        MemoryReservation = updateConfig.MemoryReservation;
        MemorySwap = updateConfig.MemorySwap;
        MemorySwappiness = updateConfig.MemorySwappiness;
        NanoCPUs = updateConfig.NanoCPUs;
        OomKillDisable = updateConfig.OomKillDisable;
        PidsLimit = updateConfig.PidsLimit;
        RestartPolicy = updateConfig.RestartPolicy;
        Ulimits = updateConfig.Ulimits;
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
