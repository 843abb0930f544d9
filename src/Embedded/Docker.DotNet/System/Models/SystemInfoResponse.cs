using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>The engine, its host and what both can do.</summary>
public class SystemInfoResponse
{
    public string Architecture { get; set; }

    [JsonPropertyName("BridgeNfIp6tables")]
    public bool BridgeNfIP6tables { get; set; }

    public bool BridgeNfIptables { get; set; }

    [JsonPropertyName("CpuCfsPeriod")]
    public bool CPUCfsPeriod { get; set; }

    [JsonPropertyName("CpuCfsQuota")]
    public bool CPUCfsQuota { get; set; }

    public bool CPUSet { get; set; }

    public bool CPUShares { get; set; }

    public string CgroupDriver { get; set; }

    public string CgroupVersion { get; set; }

    public string ClusterAdvertise { get; set; }

    public string ClusterStore { get; set; }

    public Commit ContainerdCommit { get; set; }

    public long Containers { get; set; }

    public long ContainersPaused { get; set; }

    public long ContainersRunning { get; set; }

    public long ContainersStopped { get; set; }

    public bool Debug { get; set; }

    public IList<NetworkAddressPool> DefaultAddressPools { get; set; }

    public string DefaultRuntime { get; set; }

    public string DockerRootDir { get; set; }

    public string Driver { get; set; }

    public IList<string[]> DriverStatus { get; set; }

    public bool ExperimentalBuild { get; set; }

    [JsonPropertyName("HttpProxy")]
    public string HTTPProxy { get; set; }

    [JsonPropertyName("HttpsProxy")]
    public string HTTPSProxy { get; set; }

    public string ID { get; set; }

    public bool IPv4Forwarding { get; set; }

    public long Images { get; set; }

    public string IndexServerAddress { get; set; }

    public string InitBinary { get; set; }

    public Commit InitCommit { get; set; }

    public string Isolation { get; set; }

    public bool KernelMemory { get; set; }

    public bool KernelMemoryTCP { get; set; }

    public string KernelVersion { get; set; }

    public IList<string> Labels { get; set; }

    public bool LiveRestoreEnabled { get; set; }

    public string LoggingDriver { get; set; }

    public long MemTotal { get; set; }

    public bool MemoryLimit { get; set; }

    public long NCPU { get; set; }

    public long NEventsListener { get; set; }

    public long NFd { get; set; }

    public long NGoroutines { get; set; }

    public string Name { get; set; }

    public string NoProxy { get; set; }

    public string OSType { get; set; }

    public string OSVersion { get; set; }

    public bool OomKillDisable { get; set; }

    public string OperatingSystem { get; set; }

    public bool PidsLimit { get; set; }

    public PluginsInfo Plugins { get; set; }

    public string ProductLicense { get; set; }

    public ServiceConfig RegistryConfig { get; set; }

    public Commit RuncCommit { get; set; }

    public IDictionary<string, Runtime> Runtimes { get; set; }

    public IList<string> SecurityOptions { get; set; }

    public string ServerVersion { get; set; }

    public bool SwapLimit { get; set; }

    public IList<string[]> SystemStatus { get; set; }

    public string SystemTime { get; set; }

    public IList<string> Warnings { get; set; }
}
