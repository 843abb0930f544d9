namespace Docker.DotNet.Models;

/// <summary>When the engine starts a container again that has ended.</summary>
public class RestartPolicy
{
    public long MaximumRetryCount { get; set; }

    public RestartPolicyKind Name { get; set; }
}
