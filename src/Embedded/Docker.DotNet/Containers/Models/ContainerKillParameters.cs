namespace Docker.DotNet.Models;

/// <summary>The signal to send; SIGKILL when none is named.</summary>
public class ContainerKillParameters
{
    public string Signal { get; set; }
}
