namespace Akka.Persistence.Journal;

/// <summary>What to do about events of several writers that overlap.</summary>
public enum ReplayFilterMode
{
    /// <summary>Fail the recovery.</summary>
    Fail,

    /// <summary>Log a warning and replay everything.</summary>
    Warn,

    /// <summary>Log a warning and leave out what the writer that was replaced had written.</summary>
    RepairByDiscardOld,

    /// <summary>Do not look.</summary>
    Disabled,
}
