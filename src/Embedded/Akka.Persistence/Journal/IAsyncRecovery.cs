using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>The reading half of a journal.</summary>
public interface IAsyncRecovery
{
    /// <summary>Calls back for each event in order; the task ends after the last one.</summary>
    Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback);

    /// <summary>The highest sequence number ever written, deleted events included; 0 if there was none.</summary>
    /// <param name="persistenceId">Whose.</param>
    /// <param name="fromSequenceNr">It is known not to be lower than this.</param>
    Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr);
}
