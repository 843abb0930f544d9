namespace Docker.DotNet.Models;

/// <summary>What a registry is searched for.</summary>
public class ImagesSearchParameters
{
    /// <summary>By filter name, the values asked for, each with true; values of one name are alternatives.</summary>
    public IDictionary<string, IDictionary<string, bool>> Filters { get; set; }

    public long? Limit { get; set; }

    public string Term { get; set; }
}
