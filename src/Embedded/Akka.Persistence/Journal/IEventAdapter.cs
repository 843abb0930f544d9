namespace Akka.Persistence.Journal;

/// <summary>Turns what a journal keeps into events.</summary>
public interface IReadEventAdapter
{
    /// <summary>Any number of events for one record.</summary>
    IEventSequence FromJournal(object evt, string manifest);
}

/// <summary>Turns events into what a journal keeps.</summary>
public interface IWriteEventAdapter
{
    /// <summary>A name for the event's type that goes with the record.</summary>
    string Manifest(object evt);

    object ToJournal(object evt);
}

/// <summary>Stands between the events of actors and the records of a journal, so that each can change.</summary>
public interface IEventAdapter : IWriteEventAdapter, IReadEventAdapter;

/// <summary>Keeps events as they are.</summary>
public sealed class IdentityEventAdapter : IEventAdapter
{
    private IdentityEventAdapter()
    {
    }

    public static IdentityEventAdapter Instance { get; } = new();

    public string Manifest(object evt) => string.Empty;

    public object ToJournal(object evt) => evt;

    public IEventSequence FromJournal(object evt, string manifest) => EventSequence.Single(evt);
}
