namespace Docker.DotNet.Models;

/// <summary>Options of loading an archive of images.</summary>
public class ImageLoadParameters
{
    public bool Quiet { get; set; }
}
