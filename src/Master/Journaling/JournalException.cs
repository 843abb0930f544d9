namespace ActorScheduler.Master.Journaling;

/// <summary>The masters' journal cannot be used: one sentence for people, which says what to do.</summary>
public sealed class JournalException(string message, Exception? cause = null) : InvalidOperationException(message, cause);
