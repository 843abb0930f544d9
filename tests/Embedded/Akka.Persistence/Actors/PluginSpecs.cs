using Akka.Actor;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Specs.Actors;

/// <summary>How plugins are found, started and told apart; what stands between actors and stores.</summary>
public sealed class PluginSpecs() : TestKit.Xunit2.TestKit(
    """
    akka.loglevel = WARNING
    akka.extensions = ["Akka.Persistence.Persistence, Akka.Persistence"]
    akka.persistence.snapshot-store.plugin = ""
    akka.persistence.journal.auto-start-journals = ["test.adapted"]
    test.adapted {
      class = "Akka.Persistence.Journal.MemoryJournal, Akka.Persistence"
      event-adapters.upper = "Akka.Persistence.Specs.Actors.UpperCaseAdapter, Akka.Persistence.Specs"
      event-adapter-bindings."System.String" = upper
    }
    test.strict {
      class = "Akka.Persistence.Journal.MemoryJournal, Akka.Persistence"
      replay-filter.mode = fail
    }
    """)
{
    [Fact]
    public async Task Journals_in_the_list_start_with_the_system()
    {
        var started = await Sys.ActorSelection("/system/test.adapted").ResolveOne(TimeSpan.FromSeconds(3));
        Assert.Equal(started, Extension.JournalFor("test.adapted"));
    }

    [Fact]
    public void A_plugin_without_a_section_is_named() =>
        Assert.Contains("no.such.journal", Assert.Throws<ArgumentException>(() => Extension.JournalFor("no.such.journal")).Message, StringComparison.Ordinal);

    [Fact]
    public void Without_a_snapshot_store_actors_work_but_cannot_save()
    {
        var actor = ActorOf(() => new Probe("no-store", TestActor, null));
        ExpectMsg("recovered ");
        actor.Tell((Action<Probe>)(p => p.SaveSnapshot("s")));
        ExpectMsg<SaveSnapshotFailure>();
    }

    [Fact]
    public void Events_pass_the_adapters_on_their_way_out_and_in()
    {
        var journal = Extension.JournalFor("test.adapted");
        journal.Tell(new WriteMessages([new AtomicWrite(new Persistent("event", 1, "adapted", writerGuid: "w"))], TestActor, 1));
        ExpectMsg<WriteMessagesSuccessful>();
        ExpectMsg<WriteMessageSuccess>(m => Equals(m.Persistent.Payload, "event"));
        journal.Tell(new ReplayMessages(1, long.MaxValue, long.MaxValue, "adapted", TestActor));
        var replayed = ExpectMsg<ReplayedMessage>().Persistent;
        Assert.Equal("EVENT (upper) read", replayed.Payload);
        ExpectMsg<RecoverySuccess>();
    }

    [Fact]
    public void What_a_writer_that_was_replaced_wrote_late_is_left_out()
    {
        WriteOverlapping(Extension.JournalFor(null!));
        ExpectMsg<ReplayedMessage>(m => Equals(m.Persistent.Payload, "a1"));
        ExpectMsg<ReplayedMessage>(m => Equals(m.Persistent.Payload, "b2"));
        ExpectMsg<ReplayedMessage>(m => Equals(m.Persistent.Payload, "b3"));
        ExpectMsg<RecoverySuccess>();
    }

    [Fact]
    public void Overlapping_writers_fail_the_recovery_when_they_are_to()
    {
        WriteOverlapping(Extension.JournalFor("test.strict"));
        ExpectMsg<ReplayMessagesFailure>();
    }

    private PersistenceExtension Extension => Persistence.Instance.Apply(Sys);

    private void WriteOverlapping(IActorRef journal)
    {
        (string Payload, long Number, string Writer)[] all = [("a1", 1, "a"), ("a2", 2, "a"), ("b2", 2, "b"), ("a3", 3, "a"), ("b3", 3, "b")];
        foreach (var (payload, number, writer) in all)
        {
            journal.Tell(new WriteMessages([new AtomicWrite(new Persistent(payload, number, "overlapping", writerGuid: writer))], TestActor, 1));
            ExpectMsg<WriteMessagesSuccessful>();
            ExpectMsg<WriteMessageSuccess>();
        }

        journal.Tell(new ReplayMessages(1, long.MaxValue, long.MaxValue, "overlapping", TestActor));
    }
}

/// <summary>Makes events upper case in the journal, and marks what comes from it.</summary>
public sealed class UpperCaseAdapter : IEventAdapter
{
    public string Manifest(object evt) => "upper";

    public object ToJournal(object evt) => ((string)evt).ToUpperInvariant();

    public IEventSequence FromJournal(object evt, string manifest) => EventSequence.Single($"{evt} ({manifest}) read");
}
