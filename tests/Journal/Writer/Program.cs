using System.Globalization;
using ActorScheduler.Journal.Writer;
using ActorScheduler.Master.Journaling;
using Akka.Actor;

// Commits facts until it is killed. Arguments: the journal as in actorscheduler.node.journal, the first part of the actors' ids, how
// many actors, facts after which a snapshot is due. It waits for a line before it begins. Lines of output:
//   recovered ID N     the actor begins, and N facts are in its state
//   ack ID N           the first N facts are in the journal
//   broken ID ...      a fact is missing, comes twice or in another order; or the actor failed
JournalStore store = JournalStore.Parse(args[0], ".").Value;
var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
try
{
    using OpenJournal journal = await store.Open();
    using ActorSystem system = ShippedSystem.Create("writer", store, journal);
    output.WriteLine("ready");
    await Console.In.ReadLineAsync();
    for (int i = 0; i < int.Parse(args[2], CultureInfo.InvariantCulture); i++)
        system.ActorOf(CountingActor.Props($"{args[1]}-{i}", int.Parse(args[3], CultureInfo.InvariantCulture), output.WriteLine, goesOn: true));
    await system.WhenTerminated;
    return 0;
}
catch (JournalException e)
{
    output.WriteLine($"refused {e.Message}");
    return 3;
}
