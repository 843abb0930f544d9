namespace Docker.DotNet.Models;

/// <summary>Which images a list shows.</summary>
public class ImagesListParameters
{
    public bool? All { get; set; }

    public bool? Digests { get; set; }

    /// <summary>By filter name, the values asked for, each with true; values of one name are alternatives.</summary>
    public IDictionary<string, IDictionary<string, bool>> Filters { get; set; }
}
