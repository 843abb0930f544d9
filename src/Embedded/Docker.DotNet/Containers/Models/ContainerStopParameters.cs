namespace Docker.DotNet.Models;

/// <summary>How long a stop waits before it kills.</summary>
public class ContainerStopParameters
{
    /// <summary>Null for the container's own stop timeout.</summary>
    public uint? WaitBeforeKillSeconds { get; set; }
}
