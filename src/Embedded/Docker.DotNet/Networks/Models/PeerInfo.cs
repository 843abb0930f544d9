namespace Docker.DotNet.Models;

/// <summary>Another node of an overlay network.</summary>
public class PeerInfo
{
    public string IP { get; set; }

    public string Name { get; set; }
}
