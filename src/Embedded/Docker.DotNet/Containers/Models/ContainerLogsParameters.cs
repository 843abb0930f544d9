namespace Docker.DotNet.Models;

/// <summary>Which part of a container's log is read, and whether it is followed.</summary>
public class ContainerLogsParameters
{
    public bool? Follow { get; set; }

    public bool? ShowStderr { get; set; }

    public bool? ShowStdout { get; set; }

    /// <summary>Unix seconds (with a fraction, if wanted) or RFC 3339.</summary>
    public string Since { get; set; }

    /// <summary>A number of lines, or all.</summary>
    public string Tail { get; set; }

    public bool? Timestamps { get; set; }

    /// <summary>Unix seconds (with a fraction, if wanted) or RFC 3339.</summary>
    public string Until { get; set; }
}
