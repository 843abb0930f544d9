namespace Docker.DotNet.Models;

/// <summary>Which networks a list shows.</summary>
public class NetworksListParameters
{
    /// <summary>By filter name, the values asked for, each with true; values of one name are alternatives.</summary>
    public IDictionary<string, IDictionary<string, bool>> Filters { get; set; }
}
