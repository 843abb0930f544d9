using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace ActorScheduler.Master.Specs;

/// <summary>
/// A journal in memory whose writes can be held up, as by a database that does not answer, or by a process that stands still. There is one
/// for all systems of this process: specs that use it are of one collection.
/// </summary>
public sealed class SlowJournal : MemoryJournal
{
    /// <summary>The collection of its specs.</summary>
    public const string Name = "slow journal";

    private static volatile TaskCompletionSource? held;

    /// <summary>What makes it the journal of a system.</summary>
    public static Config Config { get; } = ConfigurationFactory.ParseString($$"""
        akka.persistence.journal { plugin = "slow", inmem { } }
        slow { class = "{{typeof(SlowJournal).AssemblyQualifiedName}}", plugin-dispatcher = "akka.actor.default-dispatcher" }
        akka.persistence.journal-plugin-fallback.circuit-breaker { max-failures = 100, call-timeout = 60 s }
        """);

    /// <summary>All events that were written, in order.</summary>
    public static ConcurrentQueue<object> Written { get; } = new();

    /// <summary>Writes that come from now on wait for <see cref="Release"/> or <see cref="Fail"/>.</summary>
    public static void Hold() => held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Writes that wait are made.</summary>
    public static void Release() => Take()?.TrySetResult();

    /// <summary>Writes that wait fail, as where another has written.</summary>
    public static void Fail() => Take()?.TrySetException(new InvalidOperationException("another incarnation of the actor has written on"));

    protected override async Task<IImmutableList<Exception?>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        if (held is { } writes)
            await writes.Task;
        AtomicWrite[] all = [.. messages];
        foreach (IPersistentRepresentation written in all.SelectMany(static write => (IEnumerable<IPersistentRepresentation>)write.Payload))
            Written.Enqueue(written.Payload);
        return (await base.WriteMessagesAsync(all, cancellationToken))!;
    }

    private static TaskCompletionSource? Take()
    {
        TaskCompletionSource? writes = held;
        held = null;
        return writes;
    }
}
