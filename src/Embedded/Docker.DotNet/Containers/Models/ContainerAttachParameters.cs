namespace Docker.DotNet.Models;

/// <summary>Which streams of a container to attach to.</summary>
public class ContainerAttachParameters
{
    public string DetachKeys { get; set; }

    public string Logs { get; set; }

    public bool? Stderr { get; set; }

    public bool? Stdin { get; set; }

    public bool? Stdout { get; set; }

    public bool? Stream { get; set; }
}
