namespace Docker.DotNet.Models;

/// <summary>The networks that a container joins when it is created.</summary>
public class NetworkingConfig
{
    public IDictionary<string, EndpointSettings> EndpointsConfig { get; set; }
}
