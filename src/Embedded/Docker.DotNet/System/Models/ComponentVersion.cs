namespace Docker.DotNet.Models;

/// <summary>The version of one part of the engine.</summary>
public class ComponentVersion
{
    public IDictionary<string, string> Details { get; set; }

    public string Name { get; set; }

    public string Version { get; set; }
}
