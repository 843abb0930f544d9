using System.Collections.Immutable;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Specs.Actors;

/// <summary>A journal of foreign origin that rejects and fails on demand, and can leave a recovery hanging.</summary>
public sealed class TroubledJournal : MemoryJournal
{
    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var writes = messages.ToList();
        var payloads = writes.SelectMany(w => (IEnumerable<IPersistentRepresentation>)w.Payload).Select(p => p.Payload).ToList();
        if (payloads.Contains("fail")) throw new IOException("on purpose");
        var fit = writes.Where(w => !IsRejected(w)).ToList();
        await base.WriteMessagesAsync(fit);
        return writes.Select(w => IsRejected(w) ? new InvalidOperationException("no room for this") : (Exception)null!).ToImmutableList();
    }

    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) =>
        persistenceId.StartsWith("broken", StringComparison.Ordinal)
            ? Task.FromException<long>(new IOException("cannot be read"))
            : base.ReadHighestSequenceNrAsync(persistenceId, fromSequenceNr);

    public override Task ReplayMessagesAsync(
        Akka.Actor.IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max,
        Action<IPersistentRepresentation> recoveryCallback) =>
        persistenceId.StartsWith("hanging", StringComparison.Ordinal)
            ? new TaskCompletionSource().Task
            : base.ReplayMessagesAsync(context, persistenceId, fromSequenceNr, toSequenceNr, max, recoveryCallback);

    private static bool IsRejected(AtomicWrite write) =>
        ((IEnumerable<IPersistentRepresentation>)write.Payload).Any(p => Equals(p.Payload, "reject"));
}
