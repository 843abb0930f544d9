using System.Threading.Channels;
using ActorScheduler.Journal.Writer;
using ActorScheduler.Master.Journaling;
using Akka.Actor;

namespace ActorScheduler.Journal.Specs.Harness;

/// <summary>A system in this process that uses a journal with the settings as shipped, and what its actors say.</summary>
internal sealed class ShippedJournal : IAsyncDisposable
{
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly OpenJournal _journal;
    private readonly ActorSystem _system;
    private readonly Channel<string> _said = Channel.CreateUnbounded<string>();

    private ShippedJournal(OpenJournal journal, ActorSystem system)
    {
        (_journal, _system) = (journal, system);
    }

    internal static async Task<ShippedJournal> Open(string text, string more = "")
    {
        JournalStore store = JournalStore.Parse(text, ".").Value;
        OpenJournal journal = await store.Open();
        return new ShippedJournal(journal, ShippedSystem.Create("spec", store, journal, more));
    }

    /// <summary>Starts an actor, and gives how many facts it recovered; the message of a failure says what it said instead.</summary>
    internal async Task<(IActorRef Actor, long Recovered)> Begin(string id, int snapshotDueAfter = int.MaxValue)
    {
        IActorRef actor = Start(id, snapshotDueAfter);
        string line = await Says(line => line.Contains($"recovered {id} ", StringComparison.Ordinal));
        Assert.StartsWith($"recovered {id} ", line, StringComparison.Ordinal);
        return (actor, long.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture));
    }

    internal IActorRef Start(string id, int snapshotDueAfter = int.MaxValue) =>
        _system.ActorOf(CountingActor.Props(id, snapshotDueAfter, line => _said.Writer.TryWrite(line), goesOn: false));

    /// <summary>The next line that fits.</summary>
    internal async Task<string> Says(Predicate<string> fits)
    {
        List<string> others = [];
        using var late = new CancellationTokenSource(Limit);
        try
        {
            while (true)
            {
                string line = await _said.Reader.ReadAsync(late.Token);
                Assert.False(line.StartsWith("broken", StringComparison.Ordinal), line);
                if (fits(line))
                    return line;
                others.Add(line);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The line did not come within {Limit}, but: {string.Join("; ", others.TakeLast(20))}");
        }
    }

    /// <summary>Adds facts and gives how many there are once they are durable; the message of a failure says what was said meanwhile.</summary>
    internal async Task<long> Add(IActorRef actor, int facts = 1)
    {
        try
        {
            return (await actor.Ask<CountingActor.Acknowledged>(new CountingActor.AddFacts(facts), Limit)).Count;
        }
        catch (AskTimeoutException)
        {
            var said = new List<string>();
            while (_said.Reader.TryRead(out string? line))
                said.Add(line);
            throw new TimeoutException($"{facts} facts are not durable within {Limit}; it was said: {string.Join("; ", said.TakeLast(20))}");
        }
    }

    /// <summary>Adds a fact that must fail, and gives why it did.</summary>
    internal async Task<string> Fails(IActorRef actor)
    {
        actor.Tell(new CountingActor.AddFacts(1), ActorRefs.NoSender);
        return await Says(static line => line.StartsWith("failed", StringComparison.Ordinal));
    }

    /// <summary>Begins anew until that succeeds, as a shard does.</summary>
    internal async Task<(IActorRef Actor, long Recovered)> BeginAtLast(string id)
    {
        using var late = new CancellationTokenSource(Limit);
        while (true)
        {
            IActorRef actor = Start(id);
            string line = await Says(line => line.Contains($"recovered {id} ", StringComparison.Ordinal));
            if (line.StartsWith("recovered", StringComparison.Ordinal))
                return (actor, long.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture));
            Assert.False(late.IsCancellationRequested, line);
            await Task.Delay(100, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        _journal.Dispose();
    }
}
