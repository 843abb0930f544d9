namespace Docker.DotNet.Models;

/// <summary>The last results of a container's health check.</summary>
public class Health
{
    public long FailingStreak { get; set; }

    public IList<HealthcheckResult> Log { get; set; }

    public string Status { get; set; }
}
