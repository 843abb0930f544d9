namespace Docker.DotNet.Models;

/// <summary>How a network's addresses are managed.</summary>
public class IPAM
{
    public IList<IPAMConfig> Config { get; set; }

    public string Driver { get; set; }

    public IDictionary<string, string> Options { get; set; }
}
