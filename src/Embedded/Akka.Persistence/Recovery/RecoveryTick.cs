namespace Akka.Persistence;

/// <summary>Time is up for the snapshot or for the next event of a recovery.</summary>
public sealed class RecoveryTick(bool snapshot)
{
    /// <summary>Whether the snapshot was waited for; if not, an event.</summary>
    public bool Snapshot { get; } = snapshot;
}
