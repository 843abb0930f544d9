namespace Docker.DotNet.Models;

/// <summary>The network that another takes its configuration from.</summary>
public class ConfigReference
{
    public string Network { get; set; }
}
