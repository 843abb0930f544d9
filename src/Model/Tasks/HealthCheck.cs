namespace ActorScheduler.Model;

/// <summary>How to look at a running task from its own network. Defaults are Mesos's.</summary>
public sealed record HealthCheck
{
    /// <summary>What is tried.</summary>
    public required HealthProbe Probe { get; init; }

    /// <summary>Before the first look.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Between looks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one look may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Failures in a row after which the task is killed. Unused by checks that only report.</summary>
    public int ConsecutiveFailures { get; init; } = 3;

    /// <summary>Failures in this time after the start do not count, until the first success.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>What a health check tries.</summary>
public abstract record HealthProbe
{
    /// <summary>A command in the task's container; 0 is well.</summary>
    /// <param name="Run">The command.</param>
    public sealed record Command(CommandInfo Run) : HealthProbe;

    /// <summary>A GET; 200 to 399 is well.</summary>
    /// <param name="Port">On which port.</param>
    /// <param name="Path">Which path.</param>
    /// <param name="Scheme"><c>http</c> or <c>https</c>; certificates are not checked.</param>
    public sealed record Http(int Port, string Path = "/", string Scheme = "http") : HealthProbe;

    /// <summary>A connection; that it comes about is well.</summary>
    /// <param name="Port">To which port.</param>
    public sealed record Tcp(int Port) : HealthProbe;
}
