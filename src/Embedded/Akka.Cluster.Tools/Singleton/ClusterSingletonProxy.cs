using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// Passes whatever it is sent on to a singleton, wherever that lives, with the sender kept. Messages wait, up to a number,
/// while the singleton is not known; what is on its way to a node that dies is lost.
/// </summary>
public sealed class ClusterSingletonProxy : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly Queue<(object Message, IActorRef Sender)> _waiting = new();
    private readonly string _managerPath;
    private readonly ClusterSingletonProxySettings _settings;
    private readonly RoleMembers _members;
    private UniqueAddress? _first;
    private IActorRef? _singleton;
    private ICancelable? _looking;

    /// <param name="singletonManagerPath">The path of the managers from the root of their nodes, such as <c>/user/consumer</c>.</param>
    public ClusterSingletonProxy(string singletonManagerPath, ClusterSingletonProxySettings settings)
    {
        _managerPath = singletonManagerPath;
        _settings = settings;
        _members = new RoleMembers(settings.Role, settings.ConsiderAppVersion);
        ToolsDefaults.Load(Context.System);

        Receive<CurrentClusterState>(state =>
        {
            _members.Take(state);
            LookAtFirst();
        });
        Receive<IMemberEvent>(change =>
        {
            if (_members.Take(change.Member)) LookAtFirst();
        });
        Receive<SingletonFound>(Found);
        Receive<LookDue>(_ => AskForSingleton());
        Receive<Terminated>(ended => ended.ActorRef.Equals(_singleton), _ => Look());
        ReceiveAny(PassOn);
    }

    /// <summary>The defaults of the tools, which are also below the configuration of each system that uses them.</summary>
    public static Config DefaultConfig() => ToolsDefaults.Config;

    /// <param name="singletonManagerPath">The path of the managers from the root of their nodes, such as <c>/user/consumer</c>.</param>
    public static Props Props(string singletonManagerPath, ClusterSingletonProxySettings settings) =>
        Actor.Props.Create(() => new ClusterSingletonProxy(singletonManagerPath, settings))
            .WithDispatcher(Dispatchers.InternalDispatcherId).WithDeploy(Deploy.Local);

    protected override void PreStart()
    {
        if (_cluster.IsTerminated) Context.Stop(Self);
        else _cluster.Subscribe(Self, InitialStateAsSnapshot, typeof(IMemberEvent));
    }

    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        _looking?.Cancel();
        foreach (var (message, sender) in _waiting) Drop(message, sender, "The singleton's proxy stopped");
    }

    private void LookAtFirst()
    {
        var first = _members.First?.UniqueAddress;
        if (first == _first) return;
        _first = first;
        Look();
    }

    private void Look()
    {
        if (_singleton is not null) Context.Unwatch(_singleton);
        _singleton = null;
        _looking?.Cancel();
        _looking = null;
        if (_first is null) return;
        _looking = Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(
            _settings.SingletonIdentificationInterval, _settings.SingletonIdentificationInterval, Self, LookDue.Instance, Self);
        AskForSingleton();
    }

    private void AskForSingleton()
    {
        if (_singleton is not null || _first is null) return;
        _log.Debug("Trying to identify singleton at [{0}{1}/{2}]", _first.Address, _managerPath, _settings.SingletonName);
        Context.ActorSelection(_first.Address + _managerPath).Tell(new FindSingleton(_settings.SingletonName), Self);
    }

    private void Found(SingletonFound found)
    {
        // An answer may come late, when another node comes first.
        var address = found.Singleton.Path.Address;
        if (_singleton is not null || !(address.HasLocalScope ? _cluster.SelfAddress : address).Equals(_first?.Address)) return;
        _log.Info("Singleton identified at [{0}]", found.Singleton.Path);
        _singleton = Context.Watch(found.Singleton);
        _looking?.Cancel();
        _looking = null;
        while (_waiting.TryDequeue(out var waiting)) _singleton.Tell(waiting.Message, waiting.Sender);
    }

    private void PassOn(object message)
    {
        if (_singleton is not null)
        {
            _singleton.Forward(message);
        }
        else if (_settings.BufferSize == 0)
        {
            Drop(message, Sender, "The singleton is not available and buffering is disabled");
        }
        else
        {
            if (_waiting.Count == _settings.BufferSize && _waiting.TryDequeue(out var oldest))
                Drop(oldest.Message, oldest.Sender, "The buffer of the singleton's proxy is full");
            _waiting.Enqueue((message, Sender));
        }
    }

    private void Drop(object message, IActorRef sender, string reason) =>
        Context.System.EventStream.Publish(new Dropped(message, reason, sender, Self));

    private sealed class LookDue : INoSerializationVerificationNeeded
    {
        internal static readonly LookDue Instance = new();
    }
}
