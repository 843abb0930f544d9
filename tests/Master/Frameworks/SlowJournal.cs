using Akka.Persistence;
using Akka.Persistence.Journal;

namespace ActorScheduler.Master.Specs.Frameworks;

/// <summary>A journal in memory whose writes can be held up, as by a database that does not answer, or by a process that stands still.</summary>
public sealed class SlowJournal : MemoryJournal
{
    private static volatile TaskCompletionSource? held;

    /// <summary>Writes that come from now on wait until the result is disposed of, and are then made or, as by a journal that another has written, fail.</summary>
    public static void Hold() => held = new TaskCompletionSource();

    /// <summary>Writes that wait fail.</summary>
    public static void Fail()
    {
        TaskCompletionSource? writes = held;
        held = null;
        writes?.TrySetException(new InvalidOperationException("another incarnation of the actor has written on"));
    }

    protected override async Task<System.Collections.Immutable.IImmutableList<Exception?>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        if (held is { } writes)
            await writes.Task;
        return (await base.WriteMessagesAsync(messages, cancellationToken))!;
    }
}
