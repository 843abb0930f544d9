using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>The storage of an in-memory journal.</summary>
public interface IMemoryMessages
{
    IDictionary<string, LinkedList<IPersistentRepresentation>> Add(IPersistentRepresentation persistent);

    IDictionary<string, LinkedList<IPersistentRepresentation>> Update(
        string pid, long seqNr, Func<IPersistentRepresentation, IPersistentRepresentation> updater);

    /// <summary>Deletes the event of a sequence number.</summary>
    IDictionary<string, LinkedList<IPersistentRepresentation>> Delete(string pid, long seqNr);

    IEnumerable<IPersistentRepresentation> Read(string pid, long fromSeqNr, long toSeqNr, long max);

    long HighestSequenceNr(string pid);
}

/// <summary>Keeps events in memory; they end with the actor system. For tests and for what need not last.</summary>
public class MemoryJournal : AsyncWriteJournal
{
    private readonly ConcurrentDictionary<string, long> _highest = new();

    protected virtual ConcurrentDictionary<string, LinkedList<IPersistentRepresentation>> Messages { get; } = new();

    public IDictionary<string, LinkedList<IPersistentRepresentation>> Add(IPersistentRepresentation persistent)
    {
        var list = Messages.GetOrAdd(persistent.PersistenceId, static _ => new LinkedList<IPersistentRepresentation>());
        lock (list) list.AddLast(persistent);
        _highest.AddOrUpdate(
            persistent.PersistenceId, static (_, written) => written, static (_, known, written) => Math.Max(known, written), persistent.SequenceNr);
        return Messages;
    }

    public IDictionary<string, LinkedList<IPersistentRepresentation>> Update(
        string pid, long seqNr, Func<IPersistentRepresentation, IPersistentRepresentation> updater)
    {
        if (!Messages.TryGetValue(pid, out var list)) return Messages;
        lock (list)
        {
            for (var node = list.First; node is not null; node = node.Next)
                if (node.Value.SequenceNr == seqNr)
                    node.Value = updater(node.Value);
        }

        return Messages;
    }

    public IDictionary<string, LinkedList<IPersistentRepresentation>> Delete(string pid, long seqNr)
    {
        RemoveWhere(pid, persistent => persistent.SequenceNr == seqNr);
        return Messages;
    }

    public IEnumerable<IPersistentRepresentation> Read(string pid, long fromSeqNr, long toSeqNr, long max)
    {
        if (!Messages.TryGetValue(pid, out var list)) return [];
        lock (list)
            return [.. list.Where(p => p.SequenceNr >= fromSeqNr && p.SequenceNr <= toSeqNr).Take((int)Math.Min(max, int.MaxValue))];
    }

    public long HighestSequenceNr(string pid) => _highest.GetValueOrDefault(pid);

    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) => Task.FromResult(HighestSequenceNr(persistenceId));

    public override Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback)
    {
        foreach (var persistent in Read(persistenceId, fromSequenceNr, Math.Min(toSequenceNr, HighestSequenceNr(persistenceId)), max))
            recoveryCallback(persistent);
        return Task.CompletedTask;
    }

    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        foreach (var write in messages)
        foreach (var persistent in write.Events)
            Add(persistent.WithTimestamp(TimeProvider.System.GetUtcNow().Ticks));
        return Task.FromResult<IImmutableList<Exception>>(null!);
    }

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr)
    {
        RemoveWhere(persistenceId, persistent => persistent.SequenceNr <= toSequenceNr);
        return Task.CompletedTask;
    }

    private void RemoveWhere(string pid, Predicate<IPersistentRepresentation> condition)
    {
        if (!Messages.TryGetValue(pid, out var list)) return;
        lock (list)
        {
            for (var node = list.First; node is not null;)
            {
                var next = node.Next;
                if (condition(node.Value)) list.Remove(node);
                node = next;
            }
        }
    }
}
