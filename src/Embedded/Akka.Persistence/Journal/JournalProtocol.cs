using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>A message between persistent actors, journals and snapshot stores; never leaves the process.</summary>
public interface IPersistenceMessage : INoSerializationVerificationNeeded;

/// <summary>A message from or to a journal.</summary>
public interface IJournalMessage : IPersistenceMessage;

/// <summary>What persistent actors ask of a journal.</summary>
public interface IJournalRequest : IJournalMessage;

/// <summary>What a journal answers.</summary>
public interface IJournalResponse : IJournalMessage;

/// <summary>Asks to delete all events up to a sequence number.</summary>
public sealed class DeleteMessagesTo(string persistenceId, long toSequenceNr, IActorRef persistentActor) : IJournalRequest
{
    public string PersistenceId { get; } = persistenceId ?? throw new ArgumentNullException(nameof(persistenceId));

    /// <summary>The last event to go; <see cref="long.MaxValue"/> for all there are.</summary>
    public long ToSequenceNr { get; } = toSequenceNr;

    public IActorRef PersistentActor { get; } = persistentActor;

    public override string ToString() => $"DeleteMessagesTo<pid: {PersistenceId}, seqNr: {ToSequenceNr}, persistentActor: {PersistentActor}>";
}

/// <summary>Asks to write events, in order, and to hand deferred calls back in their places.</summary>
public sealed class WriteMessages(IEnumerable<IPersistentEnvelope> messages, IActorRef persistentActor, int actorInstanceId) : IJournalRequest
{
    public IEnumerable<IPersistentEnvelope> Messages { get; } = messages;

    public IActorRef PersistentActor { get; } = persistentActor;

    /// <summary>Names the incarnation that asks, so that a later one can tell answers apart.</summary>
    public int ActorInstanceId { get; } = actorInstanceId;

    public override string ToString() => $"WriteMessages<actorInstanceId: {ActorInstanceId}, actor: {PersistentActor}>";
}

/// <summary>Asks for the events from one sequence number to another, both included.</summary>
public sealed class ReplayMessages(long fromSequenceNr, long toSequenceNr, long max, string persistenceId, IActorRef persistentActor) : IJournalRequest
{
    public long FromSequenceNr { get; } = fromSequenceNr;

    public long ToSequenceNr { get; } = toSequenceNr;

    /// <summary>Most events to replay.</summary>
    public long Max { get; } = max;

    public string PersistenceId { get; } = persistenceId;

    public IActorRef PersistentActor { get; } = persistentActor;

    public override string ToString() =>
        $"ReplayMessages<fromSequenceNr: {FromSequenceNr}, toSequenceNr: {ToSequenceNr}, max: {Max}, persistenceId: {PersistenceId}>";
}

/// <summary>Answers <see cref="DeleteMessagesTo"/>: the events are gone.</summary>
public sealed class DeleteMessagesSuccess(long toSequenceNr)
{
    public long ToSequenceNr { get; } = toSequenceNr;

    public override bool Equals(object? obj) => obj is DeleteMessagesSuccess other && other.ToSequenceNr == ToSequenceNr;

    public override int GetHashCode() => ToSequenceNr.GetHashCode();

    public override string ToString() => $"DeleteMessagesSuccess<toSequenceNr: {ToSequenceNr}>";
}

/// <summary>Answers <see cref="DeleteMessagesTo"/>: the events may still be there.</summary>
public sealed class DeleteMessagesFailure(Exception cause, long toSequenceNr) : INoSerializationVerificationNeeded
{
    public Exception Cause { get; } = cause ?? throw new ArgumentNullException(nameof(cause));

    public long ToSequenceNr { get; } = toSequenceNr;

    public override string ToString() => $"DeleteMessagesFailure<cause: {Cause.Message}, toSequenceNr: {ToSequenceNr}>";
}

/// <summary>Comes before the answers to the single events of a <see cref="WriteMessages"/> that was written.</summary>
public sealed class WriteMessagesSuccessful : IJournalResponse
{
    private WriteMessagesSuccessful()
    {
    }

    public static WriteMessagesSuccessful Instance { get; } = new();
}

/// <summary>Comes before the answers to the single events of a <see cref="WriteMessages"/> that failed.</summary>
public sealed class WriteMessagesFailed(Exception cause, int writeCount) : IJournalResponse
{
    public Exception Cause { get; } = cause ?? throw new ArgumentNullException(nameof(cause));

    /// <summary>How many atomic writes there were.</summary>
    public int WriteCount { get; } = writeCount;

    public override string ToString() => $"WriteMessagesFailed<cause: {Cause.Message}>";
}

/// <summary>The event is durable; its sender is the sender of the command that led to it.</summary>
public sealed class WriteMessageSuccess(IPersistentRepresentation persistent, int actorInstanceId) : IJournalResponse
{
    public IPersistentRepresentation Persistent { get; } = persistent;

    public int ActorInstanceId { get; } = actorInstanceId;

    public override string ToString() => $"WriteMessageSuccess<actorInstanceId: {ActorInstanceId}, message: {Persistent}>";
}

/// <summary>The journal cannot take this event, and did not try; the others are not affected.</summary>
public sealed class WriteMessageRejected(IPersistentRepresentation persistent, Exception cause, int actorInstanceId) : IJournalResponse
{
    public IPersistentRepresentation Persistent { get; } = persistent;

    public Exception Cause { get; } = cause ?? throw new ArgumentNullException(nameof(cause));

    public int ActorInstanceId { get; } = actorInstanceId;

    public override string ToString() => $"WriteMessageRejected<actorInstanceId: {ActorInstanceId}, message: {Persistent}, cause: {Cause.Message}>";
}

/// <summary>Writing failed; whether the event is in the journal is not known.</summary>
public sealed class WriteMessageFailure(IPersistentRepresentation persistent, Exception cause, int actorInstanceId) : IJournalResponse
{
    public IPersistentRepresentation Persistent { get; } = persistent;

    public Exception Cause { get; } = cause ?? throw new ArgumentNullException(nameof(cause));

    public int ActorInstanceId { get; } = actorInstanceId;

    public override string ToString() => $"WriteMessageFailure<actorInstanceId: {ActorInstanceId}, message: {Persistent}, cause: {Cause.Message}>";
}

/// <summary>A deferred call has its turn.</summary>
public sealed class LoopMessageSuccess(object message, int actorInstanceId) : IJournalResponse
{
    public object Message { get; } = message;

    public int ActorInstanceId { get; } = actorInstanceId;

    public override string ToString() => $"LoopMessageSuccess<actorInstanceId: {ActorInstanceId}, message: {Message}>";
}

/// <summary>An event of a replay.</summary>
public sealed class ReplayedMessage(IPersistentRepresentation persistent) : IJournalResponse, IDeadLetterSuppression
{
    public IPersistentRepresentation Persistent { get; } = persistent;

    public override string ToString() => $"ReplayedMessage<message: {Persistent}>";
}

/// <summary>The end of a replay, with the highest sequence number ever written, deleted events included.</summary>
public sealed class RecoverySuccess(long highestSequenceNr) : IJournalResponse, IDeadLetterSuppression
{
    public long HighestSequenceNr { get; } = highestSequenceNr;

    public override bool Equals(object? obj) => obj is RecoverySuccess other && other.HighestSequenceNr == HighestSequenceNr;

    public override int GetHashCode() => HighestSequenceNr.GetHashCode();

    public override string ToString() => $"RecoverySuccess<highestSequenceNr: {HighestSequenceNr}>";
}

/// <summary>A replay that cannot go on.</summary>
public sealed class ReplayMessagesFailure(Exception cause) : IJournalResponse, IDeadLetterSuppression
{
    public Exception Cause { get; } = cause ?? throw new ArgumentNullException(nameof(cause));

    public override string ToString() => $"ReplayMessagesFailure<cause: {Cause.Message}>";
}
