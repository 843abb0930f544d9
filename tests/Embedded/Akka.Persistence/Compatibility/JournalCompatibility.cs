using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence.Specs.Compatibility;

/// <summary>What every journal plugin has to do, asked by the messages that persistent actors send.</summary>
public abstract class JournalCompatibility(Config config) : TestKit.Xunit2.TestKit(config)
{
    private readonly string _id = $"p-{Guid.NewGuid():N}";
    private readonly string _writer = Guid.NewGuid().ToString();

    private IActorRef Journal => Persistence.Instance.Apply(Sys).JournalFor(null!);

    [Fact]
    public void Replays_all_events_in_order()
    {
        Write(1, 5);
        Replay(1, long.MaxValue, long.MaxValue);
        ExpectReplayed(1, 2, 3, 4, 5);
        ExpectMsg<RecoverySuccess>(m => m.HighestSequenceNr == 5);
    }

    [Fact]
    public void Replays_from_a_lower_bound()
    {
        Write(1, 5);
        Replay(3, long.MaxValue, long.MaxValue);
        ExpectReplayed(3, 4, 5);
        ExpectMsg<RecoverySuccess>(m => m.HighestSequenceNr == 5);
    }

    [Fact]
    public void Replays_up_to_an_upper_bound_and_still_says_the_highest_sequence_number()
    {
        Write(1, 5);
        Replay(1, 3, long.MaxValue);
        ExpectReplayed(1, 2, 3);
        ExpectMsg<RecoverySuccess>(m => m.HighestSequenceNr == 5);
    }

    [Fact]
    public void Replays_no_more_than_the_given_count()
    {
        Write(1, 5);
        Replay(2, long.MaxValue, 2);
        ExpectReplayed(2, 3);
        ExpectMsg<RecoverySuccess>(m => m.HighestSequenceNr == 5);
    }

    [Fact]
    public void Replays_nothing_when_the_count_is_zero()
    {
        Write(1, 2);
        Replay(1, long.MaxValue, 0);
        ExpectMsg<RecoverySuccess>(m => m.HighestSequenceNr == 2);
    }

    [Fact]
    public void Replays_nothing_for_bounds_the_wrong_way_round_or_beyond_the_end()
    {
        Write(1, 5);
        Replay(3, 2, long.MaxValue);
        ExpectMsg<RecoverySuccess>(m => m.HighestSequenceNr == 5);
        Replay(7, 9, long.MaxValue);
        ExpectMsg<RecoverySuccess>(m => m.HighestSequenceNr == 5);
    }

    [Fact]
    public void Knows_nothing_of_an_id_that_never_wrote()
    {
        Journal.Tell(new ReplayMessages(1, long.MaxValue, long.MaxValue, "nobody-" + _id, TestActor));
        ExpectMsg<RecoverySuccess>(m => m.HighestSequenceNr == 0);
    }

    [Fact]
    public void Does_not_mix_persistence_ids()
    {
        Write(1, 2);
        Write(1, 3, id: _id + "-other");
        Replay(1, long.MaxValue, long.MaxValue);
        ExpectReplayed(1, 2);
        ExpectMsg<RecoverySuccess>(m => m.HighestSequenceNr == 2);
    }

    [Fact]
    public void Deletes_up_to_a_sequence_number()
    {
        Write(1, 5);
        Delete(3);
        Replay(1, long.MaxValue, long.MaxValue);
        ExpectReplayed(4, 5);
        ExpectMsg<RecoverySuccess>(m => m.HighestSequenceNr == 5);
    }

    [Fact]
    public void Remembers_the_highest_sequence_number_when_all_events_are_deleted()
    {
        Write(1, 5);
        Delete(long.MaxValue);
        Replay(1, long.MaxValue, long.MaxValue);
        ExpectMsg<RecoverySuccess>(m => m.HighestSequenceNr == 5);
        Write(6, 6);
        Replay(1, long.MaxValue, long.MaxValue);
        ExpectReplayed(6);
        ExpectMsg<RecoverySuccess>(m => m.HighestSequenceNr == 6);
    }

    [Fact]
    public void Writes_the_events_of_an_atomic_write_together()
    {
        var write = new AtomicWrite([Event(1), Event(2), Event(3)]);
        Journal.Tell(new WriteMessages([write], TestActor, 1));
        ExpectMsg<WriteMessagesSuccessful>();
        for (var n = 1; n <= 3; n++) ExpectMsg<WriteMessageSuccess>(m => m.Persistent.SequenceNr == n);
        Replay(1, long.MaxValue, long.MaxValue);
        ExpectReplayed(1, 2, 3);
        ExpectMsg<RecoverySuccess>();
    }

    [Fact]
    public void Answers_requests_of_one_actor_in_their_order()
    {
        for (var n = 1; n <= 50; n++) Journal.Tell(new WriteMessages([new AtomicWrite(Event(n))], TestActor, 1));
        for (var n = 1; n <= 50; n++)
        {
            ExpectMsg<WriteMessagesSuccessful>();
            ExpectMsg<WriteMessageSuccess>(m => m.Persistent.SequenceNr == n);
        }
    }

    [Fact]
    public void Keeps_payload_manifest_and_writer()
    {
        var rich = new Persistent(new Letter("Ada", 36), 1, _id, "letter", false, ActorRefs.NoSender, _writer);
        Journal.Tell(new WriteMessages([new AtomicWrite(rich)], TestActor, 1));
        ExpectMsg<WriteMessagesSuccessful>();
        ExpectMsg<WriteMessageSuccess>();
        Replay(1, long.MaxValue, long.MaxValue);
        var back = ExpectMsg<ReplayedMessage>().Persistent;
        Assert.Equal(new Letter("Ada", 36), back.Payload);
        Assert.Equal("letter", back.Manifest);
        Assert.Equal(_writer, back.WriterGuid);
        ExpectMsg<RecoverySuccess>();
    }

    [Fact]
    public void Recovers_many_events_in_order()
    {
        Write(1, 2500);
        Replay(1, long.MaxValue, long.MaxValue);
        for (var n = 1; n <= 2500; n++)
        {
            var expected = n;
            ExpectMsg<ReplayedMessage>(m => m.Persistent.SequenceNr == expected);
        }

        ExpectMsg<RecoverySuccess>(m => m.HighestSequenceNr == 2500);
    }

    protected void Write(int from, int to, string? id = null)
    {
        var writes = Enumerable.Range(from, to - from + 1).Select(n => new AtomicWrite(Event(n, id))).ToArray();
        Journal.Tell(new WriteMessages(writes, TestActor, 1));
        ExpectMsg<WriteMessagesSuccessful>(TimeSpan.FromSeconds(10));
        foreach (var write in writes) ExpectMsg<WriteMessageSuccess>(m => m.Persistent.SequenceNr == write.LowestSequenceNr);
    }

    private Persistent Event(int n, string? id = null) => new($"e-{n}", n, id ?? _id, "", false, ActorRefs.NoSender, _writer);

    private void Replay(long from, long to, long max) => Journal.Tell(new ReplayMessages(from, to, max, _id, TestActor));

    private void Delete(long to)
    {
        Journal.Tell(new DeleteMessagesTo(_id, to, TestActor));
        ExpectMsg<DeleteMessagesSuccess>(m => m.ToSequenceNr == to);
    }

    private void ExpectReplayed(params int[] numbers)
    {
        foreach (var n in numbers)
        {
            var replayed = ExpectMsg<ReplayedMessage>().Persistent;
            Assert.Equal((long)n, replayed.SequenceNr);
            Assert.Equal($"e-{n}", replayed.Payload);
            Assert.Equal(_id, replayed.PersistenceId);
            Assert.False(replayed.IsDeleted);
        }
    }
}

/// <summary>A payload with several fields.</summary>
public sealed record Letter(string To, int Number);
