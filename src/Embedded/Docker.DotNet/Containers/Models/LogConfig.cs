namespace Docker.DotNet.Models;

/// <summary>The log driver of a container with its options.</summary>
public class LogConfig
{
    public IDictionary<string, string> Config { get; set; }

    public string Type { get; set; }
}
