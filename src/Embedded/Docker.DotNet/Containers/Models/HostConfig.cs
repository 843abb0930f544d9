using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>The part of a container's configuration that depends on its host: limits, mounts, networks, log driver.</summary>
public class HostConfig
{
    public HostConfig()
    {
    }

    public HostConfig(Resources resources)
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

    public bool AutoRemove { get; set; }

    /// <summary>host-path:container-path[:options] or volume:container-path[:options].</summary>
    public IList<string> Binds { get; set; }

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

    /// <summary>Microseconds.</summary>
    [JsonPropertyName("CpuPeriod")]
    public long CPUPeriod { get; set; }

    /// <summary>Microseconds of processor time in each period.</summary>
    [JsonPropertyName("CpuQuota")]
    public long CPUQuota { get; set; }

    [JsonPropertyName("CpuRealtimePeriod")]
    public long CPURealtimePeriod { get; set; }

    [JsonPropertyName("CpuRealtimeRuntime")]
    public long CPURealtimeRuntime { get; set; }

    /// <summary>Weight against other containers; 1024 is usual.</summary>
    [JsonPropertyName("CpuShares")]
    public long CPUShares { get; set; }

    public IList<string> CapAdd { get; set; }

    public IList<string> CapDrop { get; set; }

    public string Cgroup { get; set; }

    public string CgroupParent { get; set; }

    public string CgroupnsMode { get; set; }

    public ulong[] ConsoleSize { get; set; }

    public string ContainerIDFile { get; set; }

    public string CpusetCpus { get; set; }

    public string CpusetMems { get; set; }

    [JsonPropertyName("Dns")]
    public IList<string> DNS { get; set; }

    [JsonPropertyName("DnsOptions")]
    public IList<string> DNSOptions { get; set; }

    [JsonPropertyName("DnsSearch")]
    public IList<string> DNSSearch { get; set; }

    public IList<string> DeviceCgroupRules { get; set; }

    public IList<DeviceRequest> DeviceRequests { get; set; }

    public IList<DeviceMapping> Devices { get; set; }

    public IList<string> ExtraHosts { get; set; }

    public IList<string> GroupAdd { get; set; }

    public ulong IOMaximumBandwidth { get; set; }

    public ulong IOMaximumIOps { get; set; }

    public bool? Init { get; set; }

    public string IpcMode { get; set; }

    public string Isolation { get; set; }

    public long KernelMemory { get; set; }

    public long KernelMemoryTCP { get; set; }

    public IList<string> Links { get; set; }

    public LogConfig LogConfig { get; set; }

    public IList<string> MaskedPaths { get; set; }

    /// <summary>Bytes; 0 for no limit.</summary>
    public long Memory { get; set; }

    public long MemoryReservation { get; set; }

    /// <summary>Memory and swap together in bytes; -1 for unlimited swap.</summary>
    public long MemorySwap { get; set; }

    public long? MemorySwappiness { get; set; }

    public IList<Mount> Mounts { get; set; }

    /// <summary>Billionths of a processor; 0 for no limit.</summary>
    [JsonPropertyName("NanoCpus")]
    public long NanoCPUs { get; set; }

    public string NetworkMode { get; set; }

    public bool? OomKillDisable { get; set; }

    public long OomScoreAdj { get; set; }

    public string PidMode { get; set; }

    /// <summary>Processes and threads; null leaves it as it is, 0 or -1 for no limit.</summary>
    public long? PidsLimit { get; set; }

    /// <summary>By container port, such as 80/tcp.</summary>
    public IDictionary<string, IList<PortBinding>> PortBindings { get; set; }

    public bool Privileged { get; set; }

    public bool PublishAllPorts { get; set; }

    public IList<string> ReadonlyPaths { get; set; }

    public bool ReadonlyRootfs { get; set; }

    public RestartPolicy RestartPolicy { get; set; }

    public string Runtime { get; set; }

    public IList<string> SecurityOpt { get; set; }

    public long ShmSize { get; set; }

    public IDictionary<string, string> StorageOpt { get; set; }

    public IDictionary<string, string> Sysctls { get; set; }

    public IDictionary<string, string> Tmpfs { get; set; }

    public string UTSMode { get; set; }

    public IList<Ulimit> Ulimits { get; set; }

    public string UsernsMode { get; set; }

    public string VolumeDriver { get; set; }

    public IList<string> VolumesFrom { get; set; }
}
