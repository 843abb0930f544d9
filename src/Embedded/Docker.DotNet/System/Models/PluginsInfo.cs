namespace Docker.DotNet.Models;

/// <summary>The plugins that the engine knows, by kind.</summary>
public class PluginsInfo
{
    public IList<string> Authorization { get; set; }

    public IList<string> Log { get; set; }

    public IList<string> Network { get; set; }

    public IList<string> Volume { get; set; }
}
