using Akka.Actor;
using Akka.Persistence.Sql.Specs.Stores;

namespace Akka.Persistence.Sql.Specs.Faults;

/// <summary>Second writers, bad members of a group, a full queue.</summary>
public abstract class WriterFaults(Configuration.Config config) : TestKit.Xunit2.TestKit(config)
{
    private readonly string _id = $"w-{Guid.NewGuid():N}";

    protected void Second_writer_fails_and_only_its_actor()
    {
        var first = Sys.ActorOf(Props.Create(() => new Recorder(_id, TestActor)));
        ExpectMsg("recovered ", TimeSpan.FromSeconds(10));
        var second = Sys.ActorOf(Props.Create(() => new Recorder(_id, TestActor)));
        ExpectMsg("recovered ");
        var other = Sys.ActorOf(Props.Create(() => new Recorder(_id + "-other", TestActor)));
        ExpectMsg("recovered ");
        first.Tell("a");
        ExpectMsg("written a");
        Watch(second);
        second.Tell("b");
        other.Tell("c");
        var answers = new[] { ExpectMsg<object>(), ExpectMsg<object>(), ExpectMsg<object>() };
        Assert.Contains("written c", answers);
        var failure = Assert.Single(answers.OfType<string>(), a => a.StartsWith("failed b: There is another writer", StringComparison.Ordinal));
        Assert.Contains("sequence number [1]", failure, StringComparison.Ordinal);
        Assert.Contains(_id, failure, StringComparison.Ordinal);
        Assert.Contains(answers, a => a is Terminated);
        first.Tell("d");
        ExpectMsg("written d");
    }

    /// <summary>One request of many fails on the unique key; all the others of its group are written.</summary>
    protected void One_bad_member_leaves_the_rest_of_its_group_alone()
    {
        var journal = Persistence.Instance.Apply(Sys).JournalFor(null!);
        Request(journal, $"{_id}-3", 1);
        ExpectMsg<WriteMessagesSuccessful>(TimeSpan.FromSeconds(10));
        ExpectMsg<WriteMessageSuccess>();
        for (var n = 0; n < 40; n++) Request(journal, $"{_id}-{n}", 1, 2);
        for (var n = 0; n < 40; n++)
        {
            if (n == 3)
            {
                ExpectMsg<WriteMessagesFailed>();
                ExpectMsg<WriteMessageFailure>();
                ExpectMsg<WriteMessageFailure>();
            }
            else
            {
                ExpectMsg<WriteMessagesSuccessful>();
                ExpectMsg<WriteMessageSuccess>();
                ExpectMsg<WriteMessageSuccess>();
            }
        }

        // Nothing of the failed request is there, not even the event that did not collide.
        journal.Tell(new ReplayMessages(1, long.MaxValue, long.MaxValue, $"{_id}-3", TestActor));
        ExpectMsg<ReplayedMessage>(m => m.Persistent.SequenceNr == 1);
        ExpectMsg<RecoverySuccess>(m => m.HighestSequenceNr == 1);
    }

    private void Request(IActorRef journal, string id, params long[] numbers) => journal.Tell(new WriteMessages(
        numbers.Select(n => new AtomicWrite(new Persistent($"e{n}", n, id, writerGuid: "w"))).ToArray(), TestActor, 1));
}

/// <summary>Writers on SQLite.</summary>
public sealed class SqliteWriterSpecs() : WriterFaults(Databases.Sqlite(Databases.NewFile()))
{
    [Fact]
    public void A_second_writer_fails_and_only_its_actor() => Second_writer_fails_and_only_its_actor();

    [Fact]
    public void One_bad_member_of_a_group_leaves_the_rest_alone() => One_bad_member_leaves_the_rest_of_its_group_alone();
}

/// <summary>Writers on PostgreSQL.</summary>
[Collection("postgres")]
public sealed class PostgresWriterSpecs() : WriterFaults(Databases.OnPostgres())
{
    [PostgresFact]
    public void A_second_writer_fails_and_only_its_actor() => Second_writer_fails_and_only_its_actor();

    [PostgresFact]
    public void One_bad_member_of_a_group_leaves_the_rest_alone() => One_bad_member_leaves_the_rest_of_its_group_alone();
}
