namespace Docker.DotNet.Models;

/// <summary>Whether statistics are streamed or taken once.</summary>
public class ContainerStatsParameters
{
    /// <summary>Takes the one sample at once instead of waiting a second for the previous one.</summary>
    public bool? OneShot { get; set; }

    /// <summary>True for a sample a second until cancelled, false for one sample.</summary>
    public bool Stream { get; set; }
}
