#nullable enable
using Docker.DotNet.Models;
using Docker.DotNet.Transport;

namespace Docker.DotNet;

/// <summary>The request that builds an image. A step may be silent for hours, so there is no limit but the caller's.</summary>
internal static class ImageBuild
{
    public static EngineRequest Request(ImageBuildParameters parameters, Stream contents, IEnumerable<AuthConfig>? registries,
        IDictionary<string, string>? headers)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(contents);
        return EngineRequest.Post("build") with
        {
            Query = QueryOf(parameters),
            Upload = contents,
            Headers = HeadersOf(parameters, registries, headers),
            Use = ConnectionUse.Stream,
            Limit = Timeout.InfiniteTimeSpan,
        };
    }

    private static Query QueryOf(ImageBuildParameters p) => new Query()
        .AddEach("t", p.Tags).Add("dockerfile", p.Dockerfile).Add("remote", p.RemoteContext).Add("target", p.Target)
        .Add("q", p.SuppressOutput).Add("nocache", p.NoCache).Add("rm", p.Remove).Add("forcerm", p.ForceRemove)
        .Add("squash", p.Squash)
        .Add("pull", p.Pull).Add("platform", p.Platform).Add("networkmode", p.NetworkMode).Add("outputs", p.Outputs)
        .Add("cpushares", p.CPUShares).Add("cpuperiod", p.CPUPeriod).Add("cpuquota", p.CPUQuota).Add("cpusetcpus", p.CPUSetCPUs)
        .Add("memory", p.Memory).Add("memswap", p.MemorySwap).Add("shmsize", p.ShmSize)
        .AddJson("buildargs", p.BuildArgs).AddJson("labels", p.Labels).AddJson("cachefrom", p.CacheFrom)
        .Add("extrahosts", p.ExtraHosts is { Count: > 0 } hosts ? string.Join(',', hosts) : null);

    private static Dictionary<string, string> HeadersOf(
        ImageBuildParameters parameters, IEnumerable<AuthConfig>? registries, IDictionary<string, string>? headers)
    {
        var all = new Dictionary<string, string>(headers ?? new Dictionary<string, string>());
        var known = new Dictionary<string, AuthConfig>(parameters.AuthConfigs ?? new Dictionary<string, AuthConfig>());
        foreach (var registry in registries ?? []) known[registry.ServerAddress ?? ""] = registry;
        if (known.Count > 0) all["X-Registry-Config"] = RegistryHeader.Encode(known);
        return all;
    }
}
