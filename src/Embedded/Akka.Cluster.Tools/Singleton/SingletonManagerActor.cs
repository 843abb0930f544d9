using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// One node's part in a singleton.
/// <code>
///   younger -(first of the members)-&gt; claiming -(all rivals released it, or are gone)-&gt; holding
///      ^                                                                                  |
///      '-(the singleton has ended)- handing over (somebody comes before) -----------------'
///                                       '-(this node goes)-&gt; out: it releases the singleton for good
/// </code>
/// The rule that keeps it one: a node starts the singleton only when it comes first in its own view and each member that may
/// ever have had it is gone (and the removal margin over) or has told it <see cref="HandOverDone"/>; and a node tells that to
/// somebody only when it has no singleton and, in its own view, the other comes before it or it goes itself for good.
/// </summary>
internal sealed partial class SingletonManagerActor : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly TaskCompletionSource _out = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Props _singletonProps;
    private readonly object _terminationMessage;
    private readonly ClusterSingletonManagerSettings _settings;
    private readonly TimeSpan _removalMargin;
    private readonly RoleMembers _members;
    private readonly UniqueAddress _self;
    private IActorRef? _singleton;
    private bool _knowsMembers;
    private bool _isHandingOver;
    private bool _isOut;

    /// <summary>A singleton that stopped by itself is not started again, as long as this node comes first.</summary>
    private bool _hasEnded;

    /// <exception cref="ArgumentException">This node is not of the role.</exception>
    public SingletonManagerActor(Props singletonProps, object terminationMessage, ClusterSingletonManagerSettings settings)
    {
        if (settings.Role is { } role && !_cluster.SelfRoles.Contains(role))
            throw new ArgumentException($"This cluster member [{_cluster.SelfAddress}] doesn't have the role [{role}]", nameof(settings));
        _singletonProps = singletonProps;
        _terminationMessage = terminationMessage;
        _settings = settings;
        _removalMargin = settings.RemovalMargin > TimeSpan.Zero ? settings.RemovalMargin : _cluster.DowningProvider.DownRemovalMargin;
        _members = new RoleMembers(settings.Role, settings.ConsiderAppVersion);
        _self = _cluster.SelfUniqueAddress;
        ToolsDefaults.Load(Context.System);
        LeaveInOrder();

        Receive<CurrentClusterState>(Begin);
        Receive<MemberDowned>(downed => downed.Member.UniqueAddress == _self, _ => GoAtOnce());
        Receive<MemberExited>(exited => exited.Member.UniqueAddress == _self, _ => GoInOrder());
        Receive<MemberRemoved>(removed => removed.Member.UniqueAddress == _self, _ => Context.Stop(Self));
        Receive<MemberRemoved>(Forget);
        Receive<IMemberEvent>(change =>
        {
            if (_members.Take(change.Member)) Decide();
        });
        Receive<ClusterShuttingDown>(_ => Context.Stop(Self));
        Receive<ShutDown>(_ => GoInOrder());
        Receive<HandOverToMe>(Asked);
        Receive<HandOverInProgress>(progress => _log.Debug("Singleton [{0}]: [{1}] hands over", Self.Path, progress.From.Address));
        Receive<HandOverDone>(Released);
        Receive<AskDue>(_ => AskRivals());
        Receive<MarginOver>(over =>
        {
            if (_lingering.Remove(over.Node)) Decide();
        });
        Receive<FindSingleton>(find => Seek(find, Sender));
        Receive<Terminated>(ended => ended.ActorRef.Equals(_singleton), _ => SingletonEnded());
    }

    private bool Holds => _singleton is not null;

    protected override void PreStart()
    {
        if (_cluster.IsTerminated) Context.Stop(Self);
        else _cluster.Subscribe(Self, InitialStateAsSnapshot, typeof(IMemberEvent), typeof(ClusterShuttingDown));
    }

    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        StopAsking();
        foreach (var margin in _lingering.Values) margin.Cancel();
        _out.TrySetResult();
    }

    private void Begin(CurrentClusterState state)
    {
        _members.Take(state);
        _knowsMembers = true;
        switch (state.Members.FirstOrDefault(member => member.UniqueAddress == _self)?.Status)
        {
            case MemberStatus.Down:
                GoAtOnce();
                break;
            case MemberStatus.Exiting:
                GoInOrder();
                break;
            default:
                Decide();
                break;
        }
    }

    /// <summary>Does what follows from the state; called after each change of it.</summary>
    private void Decide()
    {
        if (!_knowsMembers) return;
        if (_isOut || _members.First?.UniqueAddress != _self)
        {
            StopAsking();
            _hasEnded = false;
            _yielded.Clear();
            if (Holds) HandOver();
            else Release();
        }
        else if (!Holds && !_hasEnded)
        {
            if (Rivals().Any()) Ask();
            else StartSingleton();
        }
    }

    private void StartSingleton()
    {
        StopAsking();
        _singleton = Context.Watch(Context.ActorOf(_singletonProps, _settings.SingletonName));
        _log.Info("Singleton manager started singleton actor [{0}]", _singleton.Path);
        TellSeekers();
    }

    private void HandOver()
    {
        if (_isHandingOver) return;
        _isHandingOver = true;
        _log.Info("Singleton manager stopping singleton actor [{0}]", _singleton!.Path);
        _singleton.Tell(_terminationMessage);
    }

    private void SingletonEnded()
    {
        _log.Info("Singleton actor [{0}] was terminated", _singleton!.Path);
        _singleton = null;
        _hasEnded = !_isHandingOver;
        _isHandingOver = false;
        Decide();
    }

    /// <summary>This node was declared to be gone, and the others may already act on that: nothing is finished first.</summary>
    private void GoAtOnce()
    {
        _isOut = true;
        if (_singleton is not null)
        {
            _log.Info("Self downed, stopping singleton actor [{0}]", _singleton.Path);
            _isHandingOver = true;
            Context.Stop(_singleton);
        }

        Decide();
    }

    private void GoInOrder()
    {
        _isOut = true;
        _knowsMembers = true;
        Decide();
    }

    /// <summary>A node that leaves must not end before its singleton has.</summary>
    private void LeaveInOrder()
    {
        var (self, cluster, done) = (Self, _cluster, _out.Task);
        CoordinatedShutdown.Get(Context.System).AddTask(CoordinatedShutdown.PhaseClusterExiting, $"singleton-exiting-{Self.Path.Name}", async () =>
        {
            if (cluster.IsTerminated || cluster.SelfMember.Status == MemberStatus.Down || done.IsCompleted) return Done.Instance;
            self.Tell(ShutDown.Instance, ActorRefs.NoSender);
            await done.ConfigureAwait(false);
            return Done.Instance;
        });
    }

    private sealed class ShutDown : INoSerializationVerificationNeeded
    {
        internal static readonly ShutDown Instance = new();
    }
}
