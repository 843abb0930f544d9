namespace Docker.DotNet.Models;

/// <summary>Where a container is in its life, with its exit code and process id.</summary>
public class ContainerState
{
    public bool Dead { get; set; }

    public string Error { get; set; }

    public long ExitCode { get; set; }

    /// <summary>RFC 3339 with nanoseconds; the year 1 when it has not ended.</summary>
    public string FinishedAt { get; set; }

    public Health Health { get; set; }

    public bool OOMKilled { get; set; }

    public bool Paused { get; set; }

    public long Pid { get; set; }

    public bool Restarting { get; set; }

    public bool Running { get; set; }

    /// <summary>RFC 3339 with nanoseconds; the year 1 when it has not been started.</summary>
    public string StartedAt { get; set; }

    public string Status { get; set; }
}
