namespace Docker.DotNet.Models;

/// <summary>One registry that the engine knows.</summary>
public class IndexInfo
{
    public IList<string> Mirrors { get; set; }

    public string Name { get; set; }

    public bool Official { get; set; }

    public bool Secure { get; set; }
}
