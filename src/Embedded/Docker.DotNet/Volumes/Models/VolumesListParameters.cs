namespace Docker.DotNet.Models;

/// <summary>Which volumes a list shows.</summary>
public class VolumesListParameters
{
    /// <summary>By filter name, the values asked for, each with true; values of one name are alternatives.</summary>
    public IDictionary<string, IDictionary<string, bool>> Filters { get; set; }
}
