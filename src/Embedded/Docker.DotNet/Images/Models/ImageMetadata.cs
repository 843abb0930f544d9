namespace Docker.DotNet.Models;

/// <summary>What the engine keeps about an image besides its contents.</summary>
public class ImageMetadata
{
    public DateTime LastTagTime { get; set; }
}
