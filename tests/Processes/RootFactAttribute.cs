using Xunit;

namespace ActorScheduler.Processes;

/// <summary>A fact about what only root may do. Skipped for other users.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    /// <param name="reason">What only root may do.</param>
    public RootFactAttribute(string reason)
    {
        Reason = reason;
        if (!Environment.IsPrivilegedProcess)
            Skip = reason;
    }

    /// <summary>What only root may do.</summary>
    public string Reason { get; }
}
