namespace Docker.DotNet.Models;

/// <summary>The layers of an image.</summary>
public class RootFS
{
    public string BaseLayer { get; set; }

    public IList<string> Layers { get; set; }

    public string Type { get; set; }
}
