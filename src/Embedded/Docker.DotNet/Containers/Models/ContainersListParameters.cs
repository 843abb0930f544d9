namespace Docker.DotNet.Models;

/// <summary>Which containers a list shows.</summary>
public class ContainersListParameters
{
    public bool? All { get; set; }

    /// <summary>By filter name, the values asked for, each with true; values of one name are alternatives.</summary>
    public IDictionary<string, IDictionary<string, bool>> Filters { get; set; }

    public long? Limit { get; set; }

    public bool? Size { get; set; }
}
