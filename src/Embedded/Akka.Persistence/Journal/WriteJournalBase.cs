using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>Base of journals: takes events through the adapters on their way in and out.</summary>
public abstract class WriteJournalBase : ActorBase
{
    private readonly EventAdapters _adapters;

    protected WriteJournalBase()
    {
        var persistence = Persistence.Instance.Apply(Context.System);
        _adapters = persistence.AdaptersOf(Self.Path.Name);
    }

    /// <summary>The atomic writes of a request, each event adapted and without its sender, which is of no use later.</summary>
    protected IEnumerable<AtomicWrite> PreparePersistentBatch(IEnumerable<IPersistentEnvelope> resequenceables)
    {
        var prepared = new List<AtomicWrite>();
        foreach (var envelope in resequenceables)
        {
            if (envelope is not AtomicWrite write) continue;
            prepared.Add(write.Size == 1
                ? new AtomicWrite(Prepare(write.Events[0]))
                : new AtomicWrite(write.Events.Select(Prepare).ToImmutableList()));
        }

        return prepared;
    }

    protected IEnumerable<IPersistentRepresentation> AdaptFromJournal(IPersistentRepresentation representation)
    {
        var adapter = _adapters.Get(representation.Payload.GetType());
        return ReferenceEquals(adapter, IdentityEventAdapter.Instance)
            ? [representation]
            : adapter.FromJournal(representation.Payload, representation.Manifest).Events.Select(representation.WithPayload);
    }

    protected IPersistentRepresentation AdaptToJournal(IPersistentRepresentation representation)
    {
        var payload = representation.Payload;
        var adapter = _adapters.Get(payload.GetType());
        if (ReferenceEquals(adapter, IdentityEventAdapter.Instance)) return representation;
        return representation.WithPayload(adapter.ToJournal(payload)).WithManifest(adapter.Manifest(payload));
    }

    private IPersistentRepresentation Prepare(IPersistentRepresentation representation) => AdaptToJournal(
        representation.Update(representation.SequenceNr, representation.PersistenceId, representation.IsDeleted, ActorRefs.NoSender, representation.WriterGuid));
}
