namespace Docker.DotNet.Models;

/// <summary>How long a restart waits before it kills.</summary>
public class ContainerRestartParameters
{
    /// <summary>Null for the container's own stop timeout.</summary>
    public uint? WaitBeforeKillSeconds { get; set; }
}
