using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Remote;

/// <summary>
/// Watches actors of other nodes for the actors of this one, with heartbeats to each node that is watched. When a node
/// is thought to be gone, it is quarantined and all its actors are reported as ended.
/// </summary>
public class RemoteWatcher : UntypedActor, IRequiresMessageQueue<IUnboundedMessageQueueSemantics>
{
    protected readonly ILoggingAdapter Log = Context.GetLogger();

    /// <summary>Who watches each watched actor.</summary>
    protected readonly Dictionary<IInternalActorRef, HashSet<IInternalActorRef>> Watching = [];

    /// <summary>Watched actors by their nodes.</summary>
    protected readonly Dictionary<Address, HashSet<IInternalActorRef>> WatcheeByNodes = [];

    private readonly IFailureDetectorRegistry<Address> _detectors;
    private readonly TimeSpan _expectedResponseAfter;
    private readonly Dictionary<Address, int> _uids = [];
    private readonly ICancelable _heartbeats;
    private readonly ICancelable _reaping;

    public RemoteWatcher(
        IFailureDetectorRegistry<Address> failureDetector, TimeSpan heartbeatInterval, TimeSpan unreachableReaperInterval, TimeSpan heartbeatExpectedResponseAfter)
    {
        _detectors = failureDetector;
        _expectedResponseAfter = heartbeatExpectedResponseAfter;
        if (Context.System is not ExtendedActorSystem { Provider: RemoteActorRefProvider })
            throw new ConfigurationException($"ActorSystem {Context.System} needs to have a RemoteActorRefProvider configured: akka.actor.provider = remote");
        var scheduler = Context.System.Scheduler;
        _heartbeats = scheduler.ScheduleTellRepeatedlyCancelable(heartbeatInterval, heartbeatInterval, Self, HeartbeatTick.Instance, Self);
        _reaping = scheduler.ScheduleTellRepeatedlyCancelable(unreachableReaperInterval, unreachableReaperInterval, Self, ReapUnreachableTick.Instance, Self);
    }

    protected HashSet<Address> Unreachable { get; } = [];

    protected ICollection<Address> WatchingNodes => WatcheeByNodes.Keys;

    private static RemoteActorRefProvider Provider => (RemoteActorRefProvider)((ExtendedActorSystem)Context.System).Provider;

    public static Props Props(
        IFailureDetectorRegistry<Address> failureDetector, TimeSpan heartbeatInterval, TimeSpan unreachableReaperInterval, TimeSpan heartbeatExpectedResponseAfter) =>
        Actor.Props.Create(() => new RemoteWatcher(failureDetector, heartbeatInterval, unreachableReaperInterval, heartbeatExpectedResponseAfter))
            .WithDeploy(Deploy.Local);

    protected override void PostStop()
    {
        _heartbeats.Cancel();
        _reaping.Cancel();
        base.PostStop();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case HeartbeatTick:
                SendHeartbeats();
                break;
            case Heartbeat:
                Sender.Tell(new HeartbeatRsp(AddressUidExtension.Uid(Context.System)));
                break;
            case HeartbeatRsp response:
                Heard(Sender.Path.Address, response.AddressUid);
                break;
            case ReapUnreachableTick:
                ReapUnreachable();
                break;
            case ExpectedFirstHeartbeat expected:
                ExpectFirstHeartbeat(expected.From);
                break;
            case WatchRemote watch:
                AddWatching(watch.Watchee, watch.Watcher);
                break;
            case UnwatchRemote unwatch:
                RemoveWatch(unwatch.Watchee, unwatch.Watcher);
                break;
            case Terminated terminated:
                WatcheeEnded((IInternalActorRef)terminated.ActorRef, terminated.ExistenceConfirmed, terminated.AddressTerminated);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>Called when a node is given up.</summary>
    protected virtual void Quarantine(Address address, int? addressUid) => Provider.Quarantine(address, addressUid);

    protected void PublishAddressTerminated(Address address) =>
        AddressTerminatedTopic.Get(Context.System).Publish(new AddressTerminated(address));

    protected void AddWatching(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (watcher.Equals(Self)) return;
        if (!Watching.TryGetValue(watchee, out var watchers)) Watching[watchee] = watchers = [];
        watchers.Add(watcher);
        WatchNode(watchee);
        // The watch that crosses the wire is this actor's, one for all local watchers.
        Context.Watch(watchee);
    }

    protected virtual void WatchNode(IInternalActorRef watchee)
    {
        var address = watchee.Path.Address;
        if (!WatcheeByNodes.TryGetValue(address, out var watchees))
        {
            WatcheeByNodes[address] = watchees = [];
            // A node that was given up is tried again as soon as somebody watches there.
            if (Unreachable.Remove(address)) _detectors.Remove(address);
        }

        watchees.Add(watchee);
    }

    protected void RemoveWatch(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (!Watching.TryGetValue(watchee, out var watchers)) return;
        watchers.Remove(watcher);
        if (watchers.Count > 0) return;
        Context.Unwatch(watchee);
        RemoveWatchee(watchee);
    }

    protected void RemoveWatchee(IInternalActorRef watchee)
    {
        Watching.Remove(watchee);
        var address = watchee.Path.Address;
        if (!WatcheeByNodes.TryGetValue(address, out var watchees)) return;
        watchees.Remove(watchee);
        if (watchees.Count == 0) UnwatchNode(address);
    }

    protected void UnwatchNode(Address watcheeAddress)
    {
        WatcheeByNodes.Remove(watcheeAddress);
        _uids.Remove(watcheeAddress);
        _detectors.Remove(watcheeAddress);
    }

    private void WatcheeEnded(IInternalActorRef watchee, bool existenceConfirmed, bool addressTerminated)
    {
        // When the whole node is lost, each watcher hears of that by itself.
        if (!addressTerminated && Watching.TryGetValue(watchee, out var watchers))
            foreach (var watcher in watchers)
                watcher.SendSystemMessage(new DeathWatchNotification(watchee, existenceConfirmed, addressTerminated: false));
        RemoveWatchee(watchee);
    }

    private void SendHeartbeats()
    {
        foreach (var address in WatcheeByNodes.Keys)
        {
            if (Unreachable.Contains(address)) continue;
            if (!_detectors.IsMonitoring(address))
            {
                // The first answer is owed too: without one the detector would never begin.
                Context.System.Scheduler.ScheduleTellOnce(_expectedResponseAfter, Self, new ExpectedFirstHeartbeat(address), Self);
            }

            Context.ActorSelection(new RootActorPath(address) / Self.Path.Elements).Tell(Heartbeat.Instance, Self);
        }
    }

    private void Heard(Address address, int uid)
    {
        if (!WatcheeByNodes.ContainsKey(address) || Unreachable.Contains(address)) return;
        if (!_uids.TryGetValue(address, out var known) || known != uid) WatchAgain(address);
        _uids[address] = uid;
        _detectors.Heartbeat(address);
    }

    private void ReapUnreachable()
    {
        foreach (var address in WatcheeByNodes.Keys.Where(a => !Unreachable.Contains(a) && !_detectors.IsAvailable(a)).ToArray())
        {
            Log.Warning("Detected unreachable: [{0}]", address);
            Quarantine(address, _uids.TryGetValue(address, out var uid) ? uid : null);
            PublishAddressTerminated(address);
            Unreachable.Add(address);
        }
    }

    private void ExpectFirstHeartbeat(Address address)
    {
        if (WatcheeByNodes.ContainsKey(address) && !Unreachable.Contains(address) && !_detectors.IsMonitoring(address)) _detectors.Heartbeat(address);
    }

    /// <summary>A node with another uid knows nothing of earlier watches; the old ones are asked for again.</summary>
    private void WatchAgain(Address address)
    {
        foreach (var watchee in WatcheeByNodes[address])
            watchee.SendSystemMessage(new Watch(watchee, (IInternalActorRef)Self));
    }

    /// <summary>Asks this actor to watch, or not to watch any more, for an actor of this node.</summary>
    public abstract class WatchCommand(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        public IInternalActorRef Watchee { get; } = watchee;

        public IInternalActorRef Watcher { get; } = watcher;
    }

    /// <summary>A local actor wants to watch one of another node.</summary>
    public sealed class WatchRemote(IInternalActorRef watchee, IInternalActorRef watcher) : WatchCommand(watchee, watcher);

    /// <summary>A local actor does not want to watch any more.</summary>
    public sealed class UnwatchRemote(IInternalActorRef watchee, IInternalActorRef watcher) : WatchCommand(watchee, watcher);

    /// <summary>Are you there?</summary>
    public sealed class Heartbeat
    {
        public static Heartbeat Instance { get; } = new();

        private Heartbeat()
        {
        }
    }

    /// <summary>Yes, and this is who I am.</summary>
    public class HeartbeatRsp(int addressUid)
    {
        public int AddressUid { get; } = addressUid;

        public override bool Equals(object? obj) => obj is HeartbeatRsp other && AddressUid == other.AddressUid;

        public override int GetHashCode() => AddressUid;
    }

    /// <summary>Time for heartbeats.</summary>
    public class HeartbeatTick
    {
        public static HeartbeatTick Instance { get; } = new();

        private HeartbeatTick()
        {
        }
    }

    /// <summary>Time to look for nodes that are gone.</summary>
    public class ReapUnreachableTick
    {
        public static ReapUnreachableTick Instance { get; } = new();

        private ReapUnreachableTick()
        {
        }
    }

    /// <summary>Time by which a first answer should have come.</summary>
    public sealed class ExpectedFirstHeartbeat(Address from)
    {
        public Address From { get; } = from;
    }
}
