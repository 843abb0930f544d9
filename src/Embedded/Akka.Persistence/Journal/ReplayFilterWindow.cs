using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence.Journal;

/// <summary>
/// Looks for events that two writers of one persistence id wrote over each other, as happens after a network split. The
/// last events are kept for a while, so that those of a writer that turns out to have been replaced can be left out.
/// </summary>
internal sealed class ReplayFilterWindow(ReplayFilterSettings settings, string persistenceId, IActorRef receiver, ILoggingAdapter log)
{
    private readonly LinkedList<IPersistentRepresentation> _window = new();
    private readonly LinkedList<string> _oldWriters = new();
    private string _writer = string.Empty;
    private long _sequenceNr;

    internal void Add(IPersistentRepresentation replayed)
    {
        if (settings.Mode == ReplayFilterMode.Disabled)
        {
            Send(replayed);
            return;
        }

        if (_window.Count >= settings.WindowSize)
        {
            Send(_window.First!.Value);
            _window.RemoveFirst();
        }

        if (replayed.WriterGuid == _writer)
        {
            if (replayed.SequenceNr < _sequenceNr && !Keep(replayed, "in wrong order")) return;
            _window.AddLast(replayed);
            _sequenceNr = replayed.SequenceNr;
        }
        else if (_oldWriters.Contains(replayed.WriterGuid))
        {
            if (Keep(replayed, "from an old writer that was already replaced")) _window.AddLast(replayed);
        }
        else
        {
            TakeOver(replayed);
        }
    }

    internal void Flush()
    {
        foreach (var replayed in _window) Send(replayed);
        _window.Clear();
    }

    private void TakeOver(IPersistentRepresentation first)
    {
        if (_writer.Length > 0) _oldWriters.AddLast(_writer);
        if (_oldWriters.Count > settings.MaxOldWriters) _oldWriters.RemoveFirst();
        _writer = first.WriterGuid;
        _sequenceNr = first.SequenceNr;
        for (var node = _window.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.SequenceNr >= _sequenceNr && !Keep(node.Value, $"also written by the new writer [{_writer}]")) _window.Remove(node);
            node = next;
        }

        _window.AddLast(first);
    }

    private bool Keep(IPersistentRepresentation odd, string what)
    {
        var description = $"Invalid replayed event [sequenceNr={odd.SequenceNr}, writerUuid={odd.WriterGuid}] {what} for persistenceId [{persistenceId}]";
        if (settings.Mode == ReplayFilterMode.Fail) throw new Pattern.IllegalStateException(description);
        log.Warning("{0}", description);
        return settings.Mode == ReplayFilterMode.Warn;
    }

    private void Send(IPersistentRepresentation replayed) => receiver.Tell(new ReplayedMessage(replayed), ActorRefs.NoSender);
}
