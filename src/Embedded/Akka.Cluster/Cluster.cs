using System.Collections.Immutable;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Cluster.Daemon;
using Akka.Cluster.Events;
using Akka.Cluster.Gossiping;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>This node's membership in a cluster: joining, leaving, and who else is there.</summary>
public class Cluster : IExtension
{
    private readonly ILoggingAdapter _log;
    private readonly IActorRef _membership;
    private readonly IActorRef _events;
    private readonly MemberCallbacks _callbacks;
    private readonly TaskCompletionSource _exiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Gossip _latest = Gossip.Empty;
    private int _isTerminated;

    /// <exception cref="ConfigurationException">akka.actor.provider is not cluster.</exception>
    public Cluster(ActorSystemImpl system)
    {
        System = system;
        Provider = system.Provider as ClusterActorRefProvider
            ?? throw new ConfigurationException($"ActorSystem {system} needs to have a 'ClusterActorRefProvider' enabled in the configuration: akka.actor.provider = cluster, which currently uses {system.Provider.GetType().FullName}");
        Settings = new ClusterSettings(system.Settings.Config, system.Name);
        SelfUniqueAddress = new UniqueAddress(Provider.DefaultAddress, AddressUidExtension.Uid(system));
        _log = Logging.GetLogger(system, "Cluster");
        FailureDetector = new DefaultFailureDetectorRegistry<Address>(() =>
            FailureDetectorLoader.Load(Settings.FailureDetectorImplementationClass, Settings.FailureDetectorConfig, system));
        DowningProvider = DowningProviders.Load(Settings.DowningProviderClass, system, this);
        _events = system.SystemActorOf(Props.Create(() => new EventsActor(SelfUniqueAddress)).WithDispatcher(Settings.UseDispatcher), "cluster-events");
        _callbacks = new MemberCallbacks(this, _log);
        _membership = system.SystemActorOf(Props.Create(() => new MembershipActor(this, _events)).WithDispatcher(Settings.UseDispatcher), "cluster");
    }

    public ClusterSettings Settings { get; }

    public ExtendedActorSystem System { get; }

    public UniqueAddress SelfUniqueAddress { get; }

    public Address SelfAddress => SelfUniqueAddress.Address;

    public ImmutableHashSet<string> SelfRoles => Settings.Roles;

    public DefaultFailureDetectorRegistry<Address> FailureDetector { get; }

    public IDowningProvider DowningProvider { get; private set; } = null!;

    /// <summary>Whether this node has left for good.</summary>
    public bool IsTerminated => Volatile.Read(ref _isTerminated) == 1;

    public bool IsUp => SelfMember.Status == MemberStatus.Up;

    /// <summary>This node as the cluster sees it; Removed when it is in none.</summary>
    public Member SelfMember => _latest.Find(SelfUniqueAddress)
        ?? new Member(SelfUniqueAddress, Member.NotUpYet, MemberStatus.Removed, Settings.Roles, Settings.AppVersion);

    public ClusterEvent.CurrentClusterState State => GossipDiff.StateOf(_latest, SelfUniqueAddress);

    internal ClusterActorRefProvider Provider { get; }

    /// <summary>The settings that have to be the same on all nodes.</summary>
    internal string Compatibility =>
        $"downing-provider-class={Settings.DowningProviderClass};split-brain-resolver.active-strategy={System.Settings.Config.GetString("akka.cluster.split-brain-resolver.active-strategy")}";

    /// <summary>The membership as this node knows it now.</summary>
    internal Gossip Latest
    {
        set => _latest = value;
    }

    public static Cluster Get(ActorSystem system) => system.WithExtension<Cluster, ClusterExtension>();

    public void Subscribe(IActorRef subscriber, params Type[] to) => Subscribe(subscriber, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot, to);

    /// <param name="to">Types of events below <see cref="ClusterEvent.IClusterDomainEvent"/>.</param>
    /// <exception cref="ArgumentException">No type, or one that is none.</exception>
    public void Subscribe(IActorRef subscriber, ClusterEvent.SubscriptionInitialStateMode initialStateMode, params Type[] to)
    {
        if (to.Length == 0) throw new ArgumentException("At least one `IClusterDomainEvent` class is required", nameof(to));
        if (Array.Find(to, type => !typeof(ClusterEvent.IClusterDomainEvent).IsAssignableFrom(type)) is { } other)
            throw new ArgumentException($"Subscribe to `IClusterDomainEvent` or subclasses, was [{other.Name}]", nameof(to));
        _events.Tell(new EventsActor.Subscribe(subscriber, initialStateMode, [.. to]), ActorRefs.NoSender);
    }

    public void Unsubscribe(IActorRef subscriber) => _events.Tell(new EventsActor.Unsubscribe(subscriber, null), ActorRefs.NoSender);

    public void Unsubscribe(IActorRef subscriber, Type to) => _events.Tell(new EventsActor.Unsubscribe(subscriber, to), ActorRefs.NoSender);

    /// <summary>Tells an actor of each gossip that this node gets to know.</summary>
    internal void Observe(IActorRef observer) => _events.Tell(new EventsActor.Observe(observer), ActorRefs.NoSender);

    /// <summary>Sends the state once, without a subscription.</summary>
    public void SendCurrentClusterState(IActorRef receiver) => _events.Tell(new EventsActor.SendState(receiver), ActorRefs.NoSender);

    /// <summary>Joins by a member's address; this node's own makes a new cluster.</summary>
    public void Join(Address address) => _membership.Tell(new JoinTo(address), ActorRefs.NoSender);

    /// <summary>Joins, and ends when this node is up.</summary>
    /// <exception cref="ClusterJoinFailedException">This node is terminated (by the task).</exception>
    public Task JoinAsync(Address address, CancellationToken token = default)
    {
        Join(address);
        return WhenUp(token);
    }

    public void JoinSeedNodes(IEnumerable<Address> seedNodes) => _membership.Tell(new JoinSeedNodes([.. seedNodes]), ActorRefs.NoSender);

    public Task JoinSeedNodesAsync(IEnumerable<Address> seedNodes, CancellationToken token = default)
    {
        JoinSeedNodes(seedNodes);
        return WhenUp(token);
    }

    public void Leave(Address address)
    {
        if (address.Equals(SelfAddress)) _ = LeaveAsync();
        else _membership.Tell(new Leave(address), ActorRefs.NoSender);
    }

    public Task LeaveAsync() => LeaveAsync(CancellationToken.None);

    /// <summary>Leaves, and ends when this node has left.</summary>
    public Task LeaveAsync(CancellationToken token)
    {
        if (!IsTerminated) _membership.Tell(new Leave(SelfAddress), ActorRefs.NoSender);
        return _ended.Task.WaitAsync(token);
    }

    /// <summary>Declares a member to be gone, whether it is or not.</summary>
    public void Down(Address address) => _membership.Tell(new Down(address), ActorRefs.NoSender);

    /// <summary>Declares one incarnation to be gone: another one at its address stays.</summary>
    internal void Down(UniqueAddress node) => _membership.Tell(new Down(node.Address, node.Uid), ActorRefs.NoSender);

    /// <summary>Calls back once this node is up; at once if it is.</summary>
    public void RegisterOnMemberUp(Action callback) => _callbacks.OnUp(callback);

    /// <summary>Calls back once this node has left; at once if it has.</summary>
    public void RegisterOnMemberRemoved(Action callback)
    {
        if (IsTerminated) callback();
        else _callbacks.OnRemoved(callback);
    }

    /// <summary>The full path by which other nodes find an actor of this one.</summary>
    public ActorPath RemotePathOf(IActorRef actorRef) => actorRef.Path.Address.HasGlobalScope
        ? actorRef.Path
        : new RootActorPath(SelfAddress) / actorRef.Path.Elements;

    /// <summary>Starts what depends on the extension being there.</summary>
    internal void Begin()
    {
        if (DowningProvider.DowningActorProps is { } props) System.SystemActorOf(props.WithDispatcher(Settings.UseDispatcher), "cluster-downing");
        LeaveWithSystem();
        System.RegisterOnTermination(End);
    }

    /// <summary>The cluster has let this node go: everything ends in order.</summary>
    internal void Exiting()
    {
        _exiting.TrySetResult();
        CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
    }

    internal void Downed()
    {
        _log.Warning("Cluster Node [{0}] - Node has been marked as DOWN. Shutting down myself", SelfAddress);
        if (Settings.RunCoordinatedShutdownWhenDown) CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterDowningReason.Instance);
        else End();
    }

    internal void JoinFailed() => CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterJoinUnsuccessfulReason.Instance);

    private void End()
    {
        if (Interlocked.Exchange(ref _isTerminated, 1) == 1) return;
        _log.Info("Cluster Node [{0}] - Shutting down...", SelfAddress);
        System.Stop(_membership);
        System.Stop(_events);
        _callbacks.Removed();
        _exiting.TrySetResult();
        _ended.TrySetResult();
    }

    private void LeaveWithSystem()
    {
        var shutdown = CoordinatedShutdown.Get(System);
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "leave", async () =>
        {
            if (IsTerminated || SelfMember.Status is MemberStatus.Removed or MemberStatus.Down) return Done.Instance;
            _membership.Tell(new Leave(SelfAddress), ActorRefs.NoSender);
            await _exiting.Task.ConfigureAwait(false);
            return Done.Instance;
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterExitingDone, "exiting-completed", async () =>
        {
            if (IsTerminated || SelfMember.Status != MemberStatus.Exiting) return Done.Instance;
            return await _membership.Ask<Done>(new ExitingCompleted(), shutdown.Timeout(CoordinatedShutdown.PhaseClusterExitingDone)).ConfigureAwait(false);
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterShutdown, "wait-shutdown", () =>
        {
            End();
            return Task.FromResult(Done.Instance);
        });
    }

    private async Task WhenUp(CancellationToken token)
    {
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        RegisterOnMemberUp(() => up.TrySetResult());
        RegisterOnMemberRemoved(() => up.TrySetException(new ClusterJoinFailedException("The node was shut down before it came up")));
        await up.Task.WaitAsync(token).ConfigureAwait(false);
    }
}

/// <summary>The membership as an extension.</summary>
public class ClusterExtension : ExtensionIdProvider<Cluster>
{
    public override Cluster CreateExtension(ExtendedActorSystem system) => new((ActorSystemImpl)system);
}
