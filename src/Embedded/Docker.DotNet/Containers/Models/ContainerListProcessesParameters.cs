namespace Docker.DotNet.Models;

/// <summary>Arguments for ps when processes are listed.</summary>
public class ContainerListProcessesParameters
{
    public string PsArgs { get; set; }
}
