namespace Docker.DotNet.Models;

/// <summary>A container to connect, with its settings in the network.</summary>
public class NetworkConnectParameters
{
    public string Container { get; set; }

    public EndpointSettings EndpointConfig { get; set; }
}
