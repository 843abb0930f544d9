namespace Docker.DotNet.Models;

/// <summary>The source revision of one of the engine's parts.</summary>
public class Commit
{
    public string Expected { get; set; }

    public string ID { get; set; }
}
