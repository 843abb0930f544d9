namespace Docker.DotNet.Models;

/// <summary>Which events are monitored.</summary>
public class ContainerEventsParameters
{
    /// <summary>By filter name, the values asked for, each with true; values of one name are alternatives.</summary>
    public IDictionary<string, IDictionary<string, bool>> Filters { get; set; }

    /// <summary>Unix seconds (with a fraction, if wanted) or RFC 3339.</summary>
    public string Since { get; set; }

    /// <summary>Unix seconds or RFC 3339; monitoring ends there.</summary>
    public string Until { get; set; }
}
