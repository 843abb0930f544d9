using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Death watch of a cell, on both sides.</summary>
public partial class ActorCell
{
    public IActorRef Watch(IActorRef subject)
    {
        BeginWatch(subject, instead: null);
        return subject;
    }

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        BeginWatch(subject, message);
        return subject;
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        var watchee = (IInternalActorRef)subject;
        if (watchee.Equals(_self) || _extras is null) return subject;
        if (FindWatched(subject) is { } watched)
        {
            watchee.SendSystemMessage(new Unwatch(watchee, _self));
            _extras.Watching!.Remove(watched);
            PeerRemoved(watched);
        }

        // An end that waits in the mailbox already must not be delivered any more.
        _extras.TerminatedQueued?.Remove(subject);
        return subject;
    }

    /// <summary>Delivers the end of a watched actor, unless the watch was taken back.</summary>
    protected void ReceivedTerminated(Terminated terminated)
    {
        if (_extras?.TerminatedQueued is not { } queued || !queued.Remove(terminated.ActorRef, out var instead)) return;
        if (instead is not null) _currentMessage = instead;
        ReceiveMessage(instead ?? terminated);
    }

    /// <summary>Makes an end that goes back to the mailbox, out of a stash, count once more.</summary>
    internal void TerminatedQueuedAgain(IActorRef actor) => (Extras.TerminatedQueued ??= [])[actor] = null;

    /// <summary>Every watched actor of a lost node has ended, as far as this actor is concerned.</summary>
    protected void AddressTerminated(Address address)
    {
        if (_extras is null) return;
        foreach (var watcher in _extras.WatchedBy?.Where(w => w.Path.Address.Equals(address)).ToArray() ?? [])
        {
            _extras.WatchedBy!.Remove(watcher);
            PeerRemoved(watcher);
        }

        if (_extras.Watching is not { } watching) return;
        foreach (var watchee in watching.Keys.Where(w => w.Path.Address.Equals(address)).ToArray())
            _self.SendSystemMessage(new DeathWatchNotification(
                watchee, existenceConfirmed: _children?.Contains(watchee) ?? false, addressTerminated: true));
    }

    private void BeginWatch(IActorRef subject, object? instead)
    {
        var watchee = (IInternalActorRef)subject;
        if (watchee.Equals(_self)) return;
        var watching = Extras.Watching ??= [];
        if (watching.TryGetValue(watchee, out var before))
        {
            if (!Equals(before, instead))
                throw new InvalidOperationException(
                    $"Watch({subject}) termination message was not overwritten from [{before ?? "Terminated"}] to [{instead ?? "Terminated"}]. " +
                    "If this was intended, unwatch first before using Watch or WatchWith with another message.");
            return;
        }

        watchee.SendSystemMessage(new Watch(watchee, _self));
        watching.Add(watchee, instead);
        if (watchee.Path.Uid == UndefinedUid) _extras!.WatchesWithoutUid++;
        PeerAdded(watchee);
    }

    /// <summary>The watched reference that stands for an actor: itself, or one of its path that names no incarnation.</summary>
    private IActorRef? FindWatched(IActorRef actor)
    {
        if (_extras?.Watching is not { Count: > 0 } watching) return null;
        if (watching.ContainsKey(actor)) return actor;
        if (actor.Path.Uid == UndefinedUid) return watching.Keys.FirstOrDefault(w => w.Path.Equals(actor.Path));
        // Looking through all is only worth it when one could be found.
        return _extras.WatchesWithoutUid == 0
            ? null
            : watching.Keys.FirstOrDefault(w => w.Path.Uid == UndefinedUid && w.Path.Equals(actor.Path));
    }

    private void WatchedActorTerminated(IActorRef actor, bool existenceConfirmed, bool addressTerminated)
    {
        if (FindWatched(actor) is { } watched)
        {
            _extras!.Watching!.Remove(watched, out var instead);
            PeerRemoved(watched);
            if (!IsTerminating && !IsTerminated)
            {
                (_extras.TerminatedQueued ??= [])[watched] = instead;
                _self.Tell(new Terminated(watched, existenceConfirmed, addressTerminated), actor);
            }
        }

        if (_children is { } children && children.Contains(actor)) HandleChildTerminated(actor);
    }

    private void AddWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        var watchesSelf = watchee.Equals(_self);
        if (watchesSelf && !watcher.Equals(_self))
        {
            if (!(Extras.WatchedBy ??= []).Add(watcher)) return;
            PeerAdded(watcher);
            if (_system.Settings.DebugLifecycle) Publish(new Debug(_self.Path.ToString(), ActorType, $"now watched by {watcher}"));
        }
        else if (!watchesSelf && watcher.Equals(_self))
        {
            Watch(watchee);
        }
        else
        {
            Publish(new Warning(_self.Path.ToString(), ActorType, $"BUG: illegal Watch({watchee},{watcher}) for {_self}"));
        }
    }

    private void RemWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        var watchesSelf = watchee.Equals(_self);
        if (watchesSelf && !watcher.Equals(_self))
        {
            if (_extras?.WatchedBy?.Remove(watcher) != true) return;
            PeerRemoved(watcher);
            if (_system.Settings.DebugLifecycle) Publish(new Debug(_self.Path.ToString(), ActorType, $"no longer watched by {watcher}"));
        }
        else if (!watchesSelf && watcher.Equals(_self))
        {
            Unwatch(watchee);
        }
        else
        {
            Publish(new Warning(_self.Path.ToString(), ActorType, $"BUG: illegal Unwatch({watchee},{watcher}) for {_self}"));
        }
    }

    private void TellWatchersWeDied()
    {
        if (_extras?.WatchedBy is not { Count: > 0 } watchers) return;
        // The parent gets its own notification. Watchers on other nodes first, since a local one may end the system.
        foreach (var local in (ReadOnlySpan<bool>)[false, true])
            foreach (var watcher in watchers)
                if (((IActorRefScope)watcher).IsLocal == local && !watcher.Equals(_parent))
                    ((IInternalActorRef)watcher).SendSystemMessage(
                        new DeathWatchNotification(_self, existenceConfirmed: true, addressTerminated: false));
        foreach (var watcher in watchers) PeerRemoved(watcher);
        _extras.WatchedBy = null;
    }

    private void UnwatchWatchedActors()
    {
        if (_extras is null) return;
        foreach (var watchee in _extras.Watching?.Keys.Cast<IInternalActorRef>() ?? [])
        {
            watchee.SendSystemMessage(new Unwatch(watchee, _self));
            PeerRemoved(watchee);
        }

        _extras.Watching = null;
        _extras.TerminatedQueued = null;
    }

    // Hears of lost nodes exactly while somebody of another node is on either side of a watch.
    private void PeerAdded(IActorRef peer)
    {
        if (IsRemote(peer) && _extras!.RemotePeers++ == 0) AddressTerminatedTopic.Get(_system).Subscribe(_self);
    }

    private void PeerRemoved(IActorRef peer)
    {
        if (IsRemote(peer) && --_extras!.RemotePeers == 0) AddressTerminatedTopic.Get(_system).Unsubscribe(_self);
    }

    private static bool IsRemote(IActorRef actor) => actor is IActorRefScope { IsLocal: false };

    private Type ActorType => _actor?.GetType() ?? _props.Type;
}
