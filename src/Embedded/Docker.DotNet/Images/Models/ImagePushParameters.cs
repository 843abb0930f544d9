namespace Docker.DotNet.Models;

/// <summary>Which tag of an image is pushed.</summary>
public class ImagePushParameters
{
    public string Tag { get; set; }
}
