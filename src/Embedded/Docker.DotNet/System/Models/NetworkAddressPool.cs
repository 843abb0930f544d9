namespace Docker.DotNet.Models;

/// <summary>A range that addresses of new networks are taken from.</summary>
public class NetworkAddressPool
{
    public string Base { get; set; }

    public long Size { get; set; }
}
