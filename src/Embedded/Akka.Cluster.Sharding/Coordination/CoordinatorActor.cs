using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Sharding.Coordination;

/// <summary>
/// Knows which region has which shard, one for each type of entities in a cluster: it gives shards to regions, moves them,
/// and gives those of lost regions to others.
/// <code>
///   no home --GetShardHome--> allocating --written--> at a region --hand-off--> no home
///                                                     at a region --region gone--> no home
/// </code>
/// </summary>
internal sealed partial class CoordinatorActor : ReceivePersistentActor, IWithTimers
{
    private readonly string _typeName;
    private readonly ClusterShardingSettings _settings;
    private readonly IShardAllocationStrategy _strategy;
    private readonly MemberRemovals _removals;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CoordinatorState _state = new();
    private readonly HashSet<IActorRef> _registering = [];
    private readonly HashSet<IActorRef> _leaving = [];
    private readonly HashSet<IActorRef> _lost = [];
    private long _events;

    public CoordinatorActor(string typeName, ClusterShardingSettings settings, IShardAllocationStrategy strategy, MemberRemovals removals)
    {
        _typeName = typeName;
        _settings = settings;
        _strategy = strategy;
        _removals = removals;
        JournalPluginId = settings.JournalPluginId;
        SnapshotPluginId = settings.SnapshotPluginId;
        RecoverFromJournal();
        Memberships();
        Homes();
        HandOffs();
        Queries();
        Snapshots();
    }

    public override string PersistenceId => $"/sharding/{_typeName}Coordinator";

    public ITimerScheduler Timers { get; set; } = null!;

    private TuningParameters Tuning => _settings.TuningParameters;

    internal static Props Props(string typeName, ClusterShardingSettings settings, IShardAllocationStrategy strategy, MemberRemovals removals) =>
        Actor.Props.Create(() => new CoordinatorActor(typeName, settings, strategy, removals));

    protected override void PreStart()
    {
        base.PreStart();
        switch (_strategy)
        {
            case IActorSystemDependentAllocationStrategy dependent:
                dependent.Start(Context.System);
                break;
            case IStartableAllocationStrategy startable:
                startable.Start();
                break;
        }
    }

    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        base.PostStop();
    }

    private void RecoverFromJournal()
    {
        Recover<ICoordinatorEvent>(change =>
        {
            _state.Apply(change);
            _events++;
        });
        Recover<SnapshotOffer>(offer =>
        {
            if (offer.Snapshot is CoordinatorSnapshot snapshot) _state.Restore(snapshot);
        });
        Recover<RecoveryCompleted>(_ => Begin());
    }

    private void Begin()
    {
        _log.Info("{0}: Sharding coordinator started at [{1}], {2} regions are known", _typeName, _cluster.SelfAddress, _state.Regions.Count);
        _cluster.Subscribe(Self, InitialStateAsEvents, typeof(IMemberEvent));
        foreach (var region in _state.Regions.Concat(_state.Proxies).ToArray())
        {
            Context.Watch(region);
            // The membership knows who is gone; nobody waits for them.
            if (!IsMember(region, _state.NodeUidOf(region))) Lose(region);
            else if (_state.HasRegion(region)) _hadEnoughRegions = true;
        }

        // Regions need not look for it then.
        foreach (var member in _cluster.State.Members)
        {
            foreach (var name in new[] { ShardingNames.Region(_typeName), ShardingNames.Proxy(_typeName) })
            {
                Context.ActorSelection(new RootActorPath(member.Address) / "system" / ShardingNames.Guardian(Context.System) / name)
                    .Tell(new CoordinatorStarted(Self));
            }
        }

        Timers.StartPeriodicTimer(RetryDue.Instance, RetryDue.Instance, Tuning.RetryInterval);
        Timers.StartPeriodicTimer(RebalanceDue.Instance, RebalanceDue.Instance, Tuning.RebalanceInterval);
    }

    private void Memberships()
    {
        Command<Register>(OnRegister);
        Command<RegisterProxy>(OnRegisterProxy);
        Command<MemberRemoved>(removed =>
        {
            foreach (var region in _state.Regions.Concat(_state.Proxies).ToArray())
            {
                if (_state.NodeUidOf(region) == removed.Member.UniqueAddress.Uid && AddressOf(region).Equals(removed.Member.Address)) Lose(region);
            }
        });
        Command<IMemberEvent>(static _ => { });
        Command<Terminated>(terminated =>
        {
            if (terminated.AddressTerminated) Lose(terminated.ActorRef);
            else Gone(terminated.ActorRef);
        });
        Command<LostRegionDue>(due => Gone(due.Region));
        Command<StopCoordinator>(_ => DeferAsync(StopCoordinator.Instance, _ => Context.Stop(Self)));
    }

    private void OnRegister(Register register)
    {
        var region = register.Region;
        // It asks again, when this node has heard of it.
        if (!IsMember(region, register.NodeUid) || _lost.Contains(region)) return;
        ForgetOlderIncarnations(region, register.NodeUid);
        _leaving.Remove(region);
        Context.Watch(region);
        if (_state.HasRegion(region)) Registered();
        else if (_registering.Add(region)) Write(new ShardRegionRegistered(region, register.NodeUid), Registered);

        void Registered()
        {
            _registering.Remove(region);
            TakeOver(region, register.Shards);
            region.Tell(new RegisterAck(Self));
            AllocateAll();
        }
    }

    private void OnRegisterProxy(RegisterProxy register)
    {
        var proxy = register.Proxy;
        if (!IsMember(proxy, register.NodeUid)) return;
        Context.Watch(proxy);
        if (_state.HasProxy(proxy)) proxy.Tell(new RegisterAck(Self));
        else if (_registering.Add(proxy)) Write(new ShardRegionProxyRegistered(proxy, register.NodeUid), () =>
        {
            _registering.Remove(proxy);
            proxy.Tell(new RegisterAck(Self));
        });
    }

    /// <summary>Who has a node's address now has it because the incarnation before is gone for good.</summary>
    private void ForgetOlderIncarnations(IActorRef region, int nodeUid)
    {
        var address = AddressOf(region);
        foreach (var other in _state.Regions.ToArray())
        {
            if (!other.Equals(region) && AddressOf(other).Equals(address) && _state.NodeUidOf(other) != nodeUid) Gone(other);
        }
    }

    /// <summary>Its node was removed; on the other side of a split it may live on for as long as the margin says.</summary>
    private void Lose(IActorRef region)
    {
        if (!(_state.HasRegion(region) || _state.HasProxy(region)) || !_lost.Add(region)) return;
        // It sends nothing more, so nobody waits for it to hold back.
        foreach (var handOff in _handOffs.Values.ToArray()) handOff.Acknowledged(region, Self);
        var left = _removals.Left(_state.NodeUidOf(region), _cluster.DowningProvider.DownRemovalMargin);
        if (left > TimeSpan.Zero && _state.ShardsOf(region).Count > 0) Timers.StartSingleTimer(region, new LostRegionDue(region), left);
        else Gone(region);
    }

    /// <summary>It is certain that none of its entities lives any more.</summary>
    private void Gone(IActorRef region)
    {
        Context.Unwatch(region);
        Timers.Cancel(region);
        if (_state.HasProxy(region)) Write(new ShardRegionProxyTerminated(region), () => _lost.Remove(region));
        if (_state.HasRegion(region))
        {
            _lost.Add(region);
            Write(new ShardRegionTerminated(region), () =>
            {
                _lost.Remove(region);
                _leaving.Remove(region);
                foreach (var handOff in _handOffs.Values.Where(h => h.From.Equals(region)).ToArray()) _handOffs.Remove(handOff.Shard);
                AllocateAll();
            });
        }

        foreach (var handOff in _handOffs.Values.ToArray()) handOff.Acknowledged(region, Self);
    }

    private bool IsMember(IActorRef region, int nodeUid)
    {
        var address = AddressOf(region);
        return _cluster.State.Members.Any(member => member.Address.Equals(address) && member.UniqueAddress.Uid == nodeUid);
    }

    private Address AddressOf(IActorRef region) => region.Path.Address.HasLocalScope ? _cluster.SelfAddress : region.Path.Address;

    private void Write(ICoordinatorEvent change, Action then) => PersistAsync(change, written =>
    {
        _state.Apply(written);
        then();
        if (++_events % Tuning.SnapshotAfter == 0) SaveSnapshot(_state.ToSnapshot());
    });

    private void Snapshots()
    {
        Command<SaveSnapshotSuccess>(saved =>
        {
            var oldest = saved.Metadata.SequenceNr - ((long)Tuning.KeepNrOfBatches * Tuning.SnapshotAfter);
            if (oldest > 0) DeleteMessages(oldest);
        });
        Command<DeleteMessagesSuccess>(deleted => DeleteSnapshots(new SnapshotSelectionCriteria(deleted.ToSequenceNr - 1)));
        Command<DeleteSnapshotsSuccess>(static _ => { });
    }

    /// <summary>Ends the coordinator once what it writes is written, so that the next one reads all of it.</summary>
    internal sealed class StopCoordinator : IDeadLetterSuppression
    {
        internal static readonly StopCoordinator Instance = new();
    }

    private sealed record LostRegionDue(IActorRef Region);

    private sealed class RetryDue
    {
        internal static readonly RetryDue Instance = new();
    }

    private sealed class RebalanceDue
    {
        internal static readonly RebalanceDue Instance = new();
    }
}
