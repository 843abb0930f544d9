namespace Docker.DotNet.Models;

/// <summary>A tag or layer that went with a deletion.</summary>
public class ImageDeleteResponse
{
    public string Deleted { get; set; }

    public string Untagged { get; set; }
}
