using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Cluster.Tools.Client;

/// <summary>
/// Stands for a sender outside of the cluster: what it is told goes to that sender from the receptionist's node, so that
/// other nodes need no connection to the client. It is no actor, and gets a path only when somebody asks for one, which is
/// when it travels to another node.
/// </summary>
internal sealed class ResponseTunnel(IActorRef client, IActorRefProvider provider, bool isForOneAnswer, Action<ResponseTunnel> registered) : MinimalActorRef
{
    private readonly Lock _lock = new();
    private ActorPath? _path;
    private HashSet<IActorRef>? _watchers;
    private long _lastUsed = TimeProvider.System.GetTimestamp();
    private volatile bool _hasEnded;

    public override ActorPath Path => Volatile.Read(ref _path) ?? Register();

    public override IActorRefProvider Provider => provider;

    public override IInternalActorRef Parent => provider.TempContainer;

    public override bool IsTerminated => _hasEnded;

    internal IActorRef Client => client;

    internal TimeSpan Idle => TimeProvider.System.GetElapsedTime(Volatile.Read(ref _lastUsed));

    /// <summary>Whether <paramref name="sender"/> is the temporary actor of an Ask, which takes one answer.</summary>
    internal static bool IsAsk(IActorRef sender) => sender.Path.Elements is ["temp", ..];

    internal void Use() => Volatile.Write(ref _lastUsed, TimeProvider.System.GetTimestamp());

    /// <summary>Nothing comes through any more; who watched the sender hears of its end.</summary>
    internal void End()
    {
        HashSet<IActorRef>? watchers;
        lock (_lock)
        {
            _hasEnded = true;
            if (_path is not null) provider.UnregisterTempActor(_path);
            watchers = _watchers;
            _watchers = null;
        }

        foreach (var watcher in watchers ?? []) TellOfEnd((IInternalActorRef)watcher);
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Watch watch when watch.Watchee.Equals(this):
                lock (_lock)
                {
                    if (!_hasEnded)
                    {
                        (_watchers ??= []).Add(watch.Watcher);
                        return;
                    }
                }

                TellOfEnd(watch.Watcher);
                break;
            case Unwatch unwatch:
                lock (_lock) _watchers?.Remove(unwatch.Watcher);
                break;
        }
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (_hasEnded)
        {
            provider.DeadLetters.Tell(new Event.DeadLetter(message, sender ?? provider.DeadLetters, this), sender);
            return;
        }

        Use();
        client.Tell(message, sender);
        if (isForOneAnswer) End();
    }

    private void TellOfEnd(IInternalActorRef watcher) =>
        watcher.SendSystemMessage(new DeathWatchNotification(this, existenceConfirmed: true, addressTerminated: false));

    private ActorPath Register()
    {
        lock (_lock)
        {
            if (_path is not null) return _path;
            var path = provider.TempPath();
            if (!_hasEnded) provider.RegisterTempActor(this, path);
            Volatile.Write(ref _path, path);
        }

        registered(this);
        return _path;
    }
}
