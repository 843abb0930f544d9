using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;

namespace Akka.Cluster.Sharding.Remembering;

/// <summary>Entities that were started.</summary>
internal sealed record EntitiesStarted(ImmutableArray<string> Ids) : IClusterShardingSerializable;

/// <summary>Entities that were passivated.</summary>
internal sealed record EntitiesStopped(ImmutableArray<string> Ids) : IClusterShardingSerializable;

/// <summary>All entities that are started, at one moment.</summary>
internal sealed record EntitiesSnapshot(ImmutableArray<string> Ids) : IClusterShardingSerializable;

/// <summary>Keeps the ids of one shard's entities in the journal, for the shard to start them where it starts next.</summary>
internal sealed class RememberedEntitiesActor : ReceivePersistentActor
{
    private readonly string _persistenceId;
    private readonly ClusterShardingSettings _settings;
    private readonly int _mostInEvent;
    private readonly HashSet<string> _ids = [];
    private long _events;

    public RememberedEntitiesActor(string typeName, string shardId, ClusterShardingSettings settings)
    {
        _persistenceId = $"/sharding/{typeName}Shard/{shardId}";
        _settings = settings;
        _mostInEvent = Math.Max(1, Context.System.Settings.Config.GetInt("akka.cluster.sharding.event-sourced-remember-entities-store.max-updates-per-write", 100));
        JournalPluginId = settings.JournalPluginId;
        SnapshotPluginId = settings.SnapshotPluginId;
        Recover<EntitiesStarted>(started => _ids.UnionWith(started.Ids));
        Recover<EntitiesStopped>(stopped => _ids.ExceptWith(stopped.Ids));
        Recover<SnapshotOffer>(offer =>
        {
            if (offer.Snapshot is EntitiesSnapshot snapshot) _ids.UnionWith(snapshot.Ids);
        });
        Recover<RecoveryCompleted>(_ => Context.Parent.Tell(new Remembered([.. _ids])));
        Command<Update>(Write);
        Command<SaveSnapshotSuccess>(saved =>
        {
            var oldest = saved.Metadata.SequenceNr - ((long)settings.TuningParameters.KeepNrOfBatches * settings.TuningParameters.SnapshotAfter);
            if (oldest > 0) DeleteMessages(oldest);
        });
        Command<DeleteMessagesSuccess>(deleted => DeleteSnapshots(new SnapshotSelectionCriteria(deleted.ToSequenceNr - 1)));
        Command<DeleteSnapshotsSuccess>(static _ => { });
    }

    public override string PersistenceId => _persistenceId;

    internal static Props Props(string typeName, string shardId, ClusterShardingSettings settings) =>
        Actor.Props.Create(() => new RememberedEntitiesActor(typeName, shardId, settings));

    private void Write(Update update)
    {
        // Stopped first: an id that is in both was stopped and came back.
        object[] events =
        [
            .. update.Stopped.Chunk(_mostInEvent).Select(ids => new EntitiesStopped([.. ids])),
            .. update.Started.Chunk(_mostInEvent).Select(ids => new EntitiesStarted([.. ids])),
        ];
        var left = events.Length;
        PersistAll(events, written =>
        {
            if (written is EntitiesStopped stopped) _ids.ExceptWith(stopped.Ids);
            else _ids.UnionWith(((EntitiesStarted)written).Ids);
            if (++_events % _settings.TuningParameters.SnapshotAfter == 0) SaveSnapshot(new EntitiesSnapshot([.. _ids]));
            if (--left == 0) Context.Parent.Tell(Updated.Instance);
        });
    }

    /// <summary>What the store found when it started.</summary>
    internal sealed record Remembered(ImmutableHashSet<string> Ids);

    /// <summary>Remember some and forget others; answered by <see cref="Updated"/>.</summary>
    internal sealed record Update(ImmutableArray<string> Started, ImmutableArray<string> Stopped);

    internal sealed class Updated
    {
        internal static readonly Updated Instance = new();
    }
}
