using Xunit;

namespace ActorScheduler.Processes;

/// <summary>A theory about what only root may do. Skipped for other users.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootTheoryAttribute : TheoryAttribute
{
    /// <param name="reason">What only root may do.</param>
    public RootTheoryAttribute(string reason)
    {
        Reason = reason;
        if (!Environment.IsPrivilegedProcess)
            Skip = reason;
    }

    /// <summary>What only root may do.</summary>
    public string Reason { get; }
}
