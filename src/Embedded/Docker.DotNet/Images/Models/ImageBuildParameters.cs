namespace Docker.DotNet.Models;

/// <summary>How an image is built.</summary>
public class ImageBuildParameters
{
    public IDictionary<string, AuthConfig> AuthConfigs { get; set; }

    public IDictionary<string, string> BuildArgs { get; set; }

    public long? CPUPeriod { get; set; }

    public long? CPUQuota { get; set; }

    public string CPUSetCPUs { get; set; }

    public long? CPUShares { get; set; }

    public IList<string> CacheFrom { get; set; }

    public string Dockerfile { get; set; }

    public IList<string> ExtraHosts { get; set; }

    public bool? ForceRemove { get; set; }

    public IDictionary<string, string> Labels { get; set; }

    public long? Memory { get; set; }

    public long? MemorySwap { get; set; }

    public string NetworkMode { get; set; }

    public bool? NoCache { get; set; }

    public string Outputs { get; set; }

    public string Platform { get; set; }

    public string Pull { get; set; }

    public string RemoteContext { get; set; }

    public bool? Remove { get; set; }

    public long? ShmSize { get; set; }

    public bool? Squash { get; set; }

    public bool? SuppressOutput { get; set; }

    public IList<string> Tags { get; set; }

    public string Target { get; set; }
}
