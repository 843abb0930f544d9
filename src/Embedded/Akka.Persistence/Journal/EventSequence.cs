using System.Collections.Immutable;

namespace Akka.Persistence.Journal;

/// <summary>The events of one record.</summary>
public interface IEventSequence
{
    IEnumerable<object> Events { get; }
}

/// <summary>A record without events.</summary>
public interface IEmptyEventSequence : IEventSequence;

/// <summary>No event.</summary>
public sealed class EmptyEventSequence : IEmptyEventSequence
{
    public static readonly EmptyEventSequence Instance = new();

    private EmptyEventSequence()
    {
    }

    public IEnumerable<object> Events => [];
}

/// <summary>Several events.</summary>
public class EventSequence<T>(IEnumerable<object> events) : IEventSequence
{
    public IEnumerable<object> Events { get; } = events.ToImmutableArray();
}

/// <summary>One event.</summary>
public struct SingleEventSequence(object e) : IEventSequence
{
    private readonly object _event = e;

    public IEnumerable<object> Events => [_event];
}

/// <summary>Makes sequences of events.</summary>
public static class EventSequence
{
    public static readonly IEventSequence Empty = EmptyEventSequence.Instance;

    public static IEventSequence Single(object e) => new SingleEventSequence(e);

    public static IEventSequence Create(params object[] events) => new EventSequence<object>(events);

    public static IEventSequence Create(IEnumerable<object> events) => new EventSequence<object>(events);
}
