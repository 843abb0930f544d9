using Npgsql;

namespace ActorScheduler.Master.Journaling;

/// <summary>The masters' journal cannot be used: one sentence for people, which says what to do.</summary>
public sealed class JournalException(string message, Exception? cause = null) : InvalidOperationException(message, cause)
{
    /// <summary>Whether it may be there soon without anybody's act: a database that starts, or that the network does not reach.</summary>
    public bool IsAway { get; } = cause is NpgsqlException { IsTransient: true };
}
