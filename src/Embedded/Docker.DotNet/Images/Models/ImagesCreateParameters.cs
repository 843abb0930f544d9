namespace Docker.DotNet.Models;

/// <summary>An image to pull by name, or a source to import.</summary>
public class ImagesCreateParameters
{
    public IList<string> Changes { get; set; }

    public string FromImage { get; set; }

    public string FromSrc { get; set; }

    public string Message { get; set; }

    public string Platform { get; set; }

    public string Repo { get; set; }

    public string Tag { get; set; }
}
