using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence.Specs.Compatibility;

/// <summary>What every snapshot store plugin has to do, asked by the messages that persistent actors send.</summary>
public abstract class SnapshotStoreCompatibility(Config config) : TestKit.Xunit2.TestKit(config)
{
    private readonly string _id = $"s-{Guid.NewGuid():N}";

    private IActorRef Store => Persistence.Instance.Apply(Sys).SnapshotStoreFor(null!);

    [Fact]
    public void Has_nothing_for_an_id_that_never_saved()
    {
        Load(SnapshotSelectionCriteria.Latest);
        ExpectMsg<LoadSnapshotResult>(m => m.Snapshot is null && m.ToSequenceNr == long.MaxValue);
    }

    [Fact]
    public void Loads_the_newest()
    {
        Save(5);
        Load(SnapshotSelectionCriteria.Latest);
        ExpectLoaded(15);
    }

    [Fact]
    public void Loads_the_newest_that_fits_a_sequence_number()
    {
        Save(5);
        Load(new SnapshotSelectionCriteria(13));
        ExpectLoaded(13);
        Load(SnapshotSelectionCriteria.Latest, to: 12);
        ExpectLoaded(12);
        Load(new SnapshotSelectionCriteria(7));
        ExpectMsg<LoadSnapshotResult>(m => m.Snapshot is null);
    }

    [Fact]
    public void Loads_the_newest_that_fits_a_time()
    {
        var saved = Save(5);
        Load(new SnapshotSelectionCriteria(long.MaxValue, saved[2].Timestamp));
        var found = ExpectMsg<LoadSnapshotResult>().Snapshot;
        Assert.True(found!.Metadata.Timestamp <= saved[2].Timestamp);
        Assert.True(found.Metadata.SequenceNr >= 13);
    }

    [Fact]
    public void Loads_none_for_the_criteria_none()
    {
        Save(1);
        Load(SnapshotSelectionCriteria.None);
        ExpectMsg<LoadSnapshotResult>(m => m.Snapshot is null);
    }

    [Fact]
    public void Deletes_one()
    {
        Save(5);
        var one = new SnapshotMetadata(_id, 15);
        Store.Tell(new DeleteSnapshot(one), TestActor);
        ExpectMsg<DeleteSnapshotSuccess>(m => m.Metadata.SequenceNr == 15);
        Load(SnapshotSelectionCriteria.Latest);
        ExpectLoaded(14);
    }

    [Fact]
    public void Deletes_all_that_fit()
    {
        Save(5);
        Store.Tell(new DeleteSnapshots(_id, new SnapshotSelectionCriteria(13)), TestActor);
        ExpectMsg<DeleteSnapshotsSuccess>(m => m.Criteria.MaxSequenceNr == 13);
        Load(new SnapshotSelectionCriteria(13));
        ExpectMsg<LoadSnapshotResult>(m => m.Snapshot is null);
        Load(SnapshotSelectionCriteria.Latest);
        ExpectLoaded(15);
    }

    [Fact]
    public void Replaces_a_snapshot_of_the_same_sequence_number()
    {
        Save(1);
        Store.Tell(new SaveSnapshot(new SnapshotMetadata(_id, 11), "replaced"), TestActor);
        ExpectMsg<SaveSnapshotSuccess>();
        Load(SnapshotSelectionCriteria.Latest);
        ExpectMsg<LoadSnapshotResult>(m => Equals(m.Snapshot?.Snapshot, "replaced"));
    }

    [Fact]
    public void Keeps_large_snapshots()
    {
        var large = new byte[1024 * 1024];
        new Random(7).NextBytes(large);
        Store.Tell(new SaveSnapshot(new SnapshotMetadata(_id, 1), large), TestActor);
        ExpectMsg<SaveSnapshotSuccess>(TimeSpan.FromSeconds(10));
        Load(SnapshotSelectionCriteria.Latest);
        Assert.Equal(large, (byte[])ExpectMsg<LoadSnapshotResult>().Snapshot!.Snapshot);
    }

    [Fact]
    public void Gives_a_snapshot_a_time()
    {
        var saved = Save(1);
        Assert.NotEqual(DateTime.MinValue, saved[0].Timestamp);
    }

    private List<SnapshotMetadata> Save(int count)
    {
        var saved = new List<SnapshotMetadata>();
        for (var n = 1; n <= count; n++)
        {
            Store.Tell(new SaveSnapshot(new SnapshotMetadata(_id, 10 + n), $"s-{10 + n}"), TestActor);
            saved.Add(ExpectMsg<SaveSnapshotSuccess>().Metadata);
        }

        return saved;
    }

    private void Load(SnapshotSelectionCriteria criteria, long to = long.MaxValue) => Store.Tell(new LoadSnapshot(_id, criteria, to), TestActor);

    private void ExpectLoaded(long sequenceNr)
    {
        var result = ExpectMsg<LoadSnapshotResult>().Snapshot;
        Assert.NotNull(result);
        Assert.Equal(sequenceNr, result.Metadata.SequenceNr);
        Assert.Equal($"s-{sequenceNr}", result.Snapshot);
    }
}
