using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Daemon;

/// <summary>Calls back when this node comes up, and when it has left; each callback once.</summary>
internal sealed class MemberCallbacks
{
    private readonly Lock _lock = new();
    private readonly List<Action> _whenUp = [];
    private readonly List<Action> _whenRemoved = [];
    private readonly ILoggingAdapter _log;
    private bool _isUp;

    internal MemberCallbacks(Cluster cluster, ILoggingAdapter log)
    {
        _log = log;
        var listener = cluster.System.SystemActorOf(Props.Create(() => new UpListener(cluster.SelfUniqueAddress, Up)), "cluster-up-listener");
        cluster.Subscribe(listener, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberUp));
    }

    internal void OnUp(Action callback)
    {
        lock (_lock)
        {
            if (!_isUp)
            {
                _whenUp.Add(callback);
                return;
            }
        }

        Call(callback);
    }

    internal void OnRemoved(Action callback)
    {
        lock (_lock) _whenRemoved.Add(callback);
    }

    internal void Removed() => CallAll(_whenRemoved);

    private void Up()
    {
        lock (_lock) _isUp = true;
        CallAll(_whenUp);
    }

    private void CallAll(List<Action> callbacks)
    {
        Action[] all;
        lock (_lock)
        {
            all = [.. callbacks];
            callbacks.Clear();
        }

        foreach (var callback in all) Call(callback);
    }

    private void Call(Action callback)
    {
        try
        {
            callback();
        }
        catch (Exception failure)
        {
            _log.Error(failure, "A callback of the cluster failed");
        }
    }

    private sealed class UpListener : ReceiveActor
    {
        public UpListener(UniqueAddress self, Action up) => Receive<ClusterEvent.MemberUp>(member =>
        {
            if (member.Member.UniqueAddress == self) up();
        });
    }
}
