using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;

// Persists events until it is killed, and prints 'ack ID N' for each as soon as its handler has run.
// Arguments: provider-name, connection string, persistence id prefix, number of actors. With 'read' as a fifth argument it
// recovers instead and prints 'event ID N' for each event, 'done ID' or 'failed ID REASON', and ends.
var config = ConfigurationFactory.ParseString($$"""
    akka.loglevel = OFF
    akka.stdout-loglevel = OFF
    akka.persistence.snapshot-store.plugin = akka.persistence.snapshot-store.inmem
    akka.persistence.journal.plugin = akka.persistence.journal.sql
    akka.persistence.journal.sql {
      class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
      provider-name = "{{args[0]}}"
      connection-string = "{{args[1]}}"
    }
    """);
var reads = args is [_, _, _, _, "read"];
using var system = ActorSystem.Create("crash", config);
var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
var left = int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture);
var ended = new TaskCompletionSource();
Action actorEnded = () =>
{
    if (Interlocked.Decrement(ref left) == 0) ended.SetResult();
};
for (var n = left - 1; n >= 0; n--)
{
    var id = $"{args[2]}-{n}";
    system.ActorOf(Props.Create(() => new Writer(id, output, reads, actorEnded)));
}

if (reads) await ended.Task;
else await system.WhenTerminated;

/// <summary>Persists numbers one after another.</summary>
internal sealed class Writer : ReceivePersistentActor
{
    private readonly TextWriter _output;
    private readonly Action _ended;
    private long _last;

    public Writer(string id, TextWriter output, bool reads, Action ended)
    {
        PersistenceId = id;
        _output = output;
        _ended = ended;
        Recover<string>(e =>
        {
            _last = long.Parse(e, System.Globalization.CultureInfo.InvariantCulture);
            if (reads) output.WriteLine($"event {id} {e}");
        });
        Recover<RecoveryCompleted>(_ =>
        {
            if (reads)
            {
                output.WriteLine($"done {id}");
                ended();
            }
            else
            {
                Self.Tell("next");
            }
        });
        Command<string>(_ => Persist($"{_last + 1}", e =>
        {
            _last++;
            output.WriteLine($"ack {id} {e}");
            Self.Tell("next");
        }));
    }

    public override string PersistenceId { get; }

    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        _output.WriteLine($"failed {PersistenceId} {reason.Message}");
        _ended();
    }
}
