using System.Globalization;
using ActorScheduler.Journal.Writer;
using ActorScheduler.Master.Journaling;
using Akka.Actor;

// Commits facts until it is killed. Arguments: the journal as in actorscheduler.node.journal, the first part of the actors' ids, how
// many actors, facts after which a snapshot is due, and settings before the shipped ones, if any. Commands: 'start' and 'stop', of the
// actors; the process and what its journal knows goes on. Lines of output:
//   ready              the system is there
//   recovered ID N     the actor begins, and N facts are in its state
//   ack ID N           the first N facts are in the journal
//   broken ID ...      a fact is missing, comes twice or in another order
//   failed ID ...      a fact could not be written (not-recovered: read); the actor has ended
//   stopped            all actors have ended
//   refused ...        the journal cannot be used
JournalStore store = JournalStore.Parse(args[0], ".").Value;
int count = int.Parse(args[2], CultureInfo.InvariantCulture);
int snapshotDueAfter = int.Parse(args[3], CultureInfo.InvariantCulture);
TextWriter output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
try
{
    using OpenJournal journal = await store.Open();
    using ActorSystem system = ShippedSystem.Create("writer", store, journal, args.Length > 4 ? args[4] : "");
    List<IActorRef> actors = [];
    output.WriteLine("ready");
    while (await Console.In.ReadLineAsync() is { } command)
    {
        if (command == "start")
        {
            actors.AddRange(Enumerable.Range(0, count).Select(i => system.ActorOf(CountingActor.Props($"{args[1]}-{i}", snapshotDueAfter, output.WriteLine, goesOn: true))));
            continue;
        }
        await Task.WhenAll(actors.Select(static actor => actor.GracefulStop(TimeSpan.FromSeconds(10))));
        actors.Clear();
        output.WriteLine("stopped");
    }
    return 0;
}
catch (JournalException e)
{
    output.WriteLine($"refused {e.Message}");
    return 3;
}
