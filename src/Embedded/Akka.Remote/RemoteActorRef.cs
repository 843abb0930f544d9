using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Remote;

/// <summary>Marks references of actors on other nodes.</summary>
public interface IRemoteRef : IActorRefScope;

/// <summary>The reference of an actor on another node.</summary>
public class RemoteActorRef : InternalActorRefBase, IRemoteRef
{
    private readonly RemoteTransport _remote;
    private readonly IInternalActorRef _parent;

    internal RemoteActorRef(RemoteTransport remote, Address localAddressToUse, ActorPath path, IInternalActorRef parent)
    {
        _remote = remote;
        _parent = parent;
        LocalAddressToUse = localAddressToUse;
        Path = path;
    }

    /// <summary>The address by which the other node knows this one.</summary>
    public Address LocalAddressToUse { get; }

    public override ActorPath Path { get; }

    public override IInternalActorRef Parent => _parent;

    public override IActorRefProvider Provider => _remote.Provider;

    public override bool IsLocal => false;

    public override bool IsTerminated => false;

    /// <summary>The association that carries this reference's messages, kept so that a message need not look it up.</summary>
    internal Associations.Association? Association { get; set; }

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        var path = Path;
        foreach (var element in name)
        {
            if (element.Length == 0) continue;
            path = element == ".." ? path.Parent : path / element;
        }

        return new RemoteActorRef(_remote, LocalAddressToUse, path, Nobody.Instance);
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Watch watch when IsWatchIntercepted(watch.Watchee, watch.Watcher):
                ((RemoteActorRefProvider)Provider).RemoteWatcher.Tell(new RemoteWatcher.WatchRemote(watch.Watchee, watch.Watcher));
                break;
            case Unwatch unwatch when IsWatchIntercepted(unwatch.Watchee, unwatch.Watcher):
                ((RemoteActorRefProvider)Provider).RemoteWatcher.Tell(new RemoteWatcher.UnwatchRemote(unwatch.Watchee, unwatch.Watcher));
                break;
            case Watch or Unwatch or DeathWatchNotification or Terminate:
                _remote.Send(message, ActorRefs.NoSender, this);
                break;
            // Supervision stays on its node: this one has no children elsewhere.
        }
    }

    public override void Start()
    {
    }

    public override void Suspend()
    {
    }

    public override void Resume(Exception? causedByFailure = null)
    {
    }

    public override void Restart(Exception cause)
    {
    }

    public override void Stop() => SendSystemMessage(new Terminate());

    protected override void TellInternal(object message, IActorRef sender) => _remote.Send(message, sender, this);

    /// <summary>All watches of this node go through one actor, but for its own.</summary>
    internal bool IsWatchIntercepted(IActorRef watchee, IActorRef watcher) =>
        watchee.Equals(this) && !watcher.Path.ToStringWithoutAddress().Equals("/system/remote-watcher", StringComparison.Ordinal);
}
