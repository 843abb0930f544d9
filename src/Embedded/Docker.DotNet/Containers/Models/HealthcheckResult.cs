namespace Docker.DotNet.Models;

/// <summary>One run of a health check.</summary>
public class HealthcheckResult
{
    public DateTime End { get; set; }

    public long ExitCode { get; set; }

    public string Output { get; set; }

    public DateTime Start { get; set; }
}
