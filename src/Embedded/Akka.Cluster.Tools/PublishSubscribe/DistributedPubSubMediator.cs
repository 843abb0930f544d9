using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe.Internal;
using Akka.Event;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>
/// Knows which actors of the cluster are registered under which path and subscribed to which topic, and sends messages to
/// them. Each node has one, under the same path; each keeps its own part of the registry and hears of the others' by gossip.
/// </summary>
public partial class DistributedPubSubMediator : ReceiveActor
{
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly DistributedPubSubSettings _settings;
    private readonly Picker _picker;
    private readonly Bucket _own;
    private readonly LocalRegistry _local;
    private readonly RemoteIndex _remote;

    /// <exception cref="ArgumentException">This node is not of the role.</exception>
    public DistributedPubSubMediator(DistributedPubSubSettings settings)
    {
        if (settings.Role is { } role && !_cluster.SelfRoles.Contains(role))
            throw new ArgumentException($"The cluster member [{_cluster.SelfAddress}] doesn't have the role [{role}]", nameof(settings));
        _settings = settings;
        _picker = new Picker(settings.Routing);
        _own = new Bucket(_cluster.SelfUniqueAddress);
        _local = new LocalRegistry(_own);
        _remote = new RemoteIndex(((ExtendedActorSystem)Context.System).Provider.ResolveActorRef);
        ToolsDefaults.Load(Context.System);

        Receive<Publish>(Publish);
        Receive<Send>(Send);
        Receive<SendToAll>(SendToAll);
        Receive<DeliverToTopic>(deliver => TellAll(_local.SubscribersOf(deliver.Topic), deliver.Message));
        Receive<DeliverToGroup>(deliver => TellOne(_local.SubscribersOf(deliver.Topic, deliver.Group), deliver.Message));
        Receive<Put>(Put);
        Receive<Remove>(Remove);
        Receive<Subscribe>(Subscribe);
        Receive<Unsubscribe>(Unsubscribe);
        Receive<GetTopics>(_ => Sender.Tell(new CurrentTopics([.. _local.Topics, .. _remote.Topics])));
        Receive<CountSubscribers>(count => Sender.Tell(
            _local.SubscribersOf(count.Topic).Count + _local.GroupsOf(count.Topic).Sum(group => _local.SubscribersOf(count.Topic, group).Count)));
        Receive<Terminated>(ended =>
        {
            _local.RemoveAll(ended.ActorRef);
            SpreadSoon();
        });
        ReceiveGossip();
    }

    public ILoggingAdapter Log { get; } = Context.GetLogger();

    /// <summary>The version of each node's registry that this one knows.</summary>
    public IImmutableDictionary<Address, long> OwnVersions => _nodes.Values.Select(static node => node.Bucket).Append(_own)
        .ToImmutableDictionary(static bucket => bucket.Owner.Address, static bucket => bucket.Version);

    public static Props Props(DistributedPubSubSettings settings) =>
        Actor.Props.Create(() => new DistributedPubSubMediator(settings)).WithDeploy(Deploy.Local);

    private void Put(Put put)
    {
        if (put.Ref.Path.Address.HasGlobalScope) Log.Warning("Registered actor must be local: [{0}]", put.Ref);
        else Add(RegistryKey.Path(put.Ref.Path.ToStringWithoutAddress()), put.Ref);
    }

    private void Remove(Remove remove)
    {
        if (_local.At(remove.Path) is { } actor) Drop(RegistryKey.Path(remove.Path), actor);
    }

    private void Subscribe(Subscribe subscribe)
    {
        if (subscribe.Ref.Path.Address.HasGlobalScope)
        {
            Log.Warning("Subscribing actor must be local: [{0}]", subscribe.Ref);
            return;
        }

        Add(RegistryKey.Of(subscribe.Topic, subscribe.Group), subscribe.Ref);
        Sender.Tell(new SubscribeAck(subscribe));
    }

    private void Unsubscribe(Unsubscribe unsubscribe)
    {
        Drop(RegistryKey.Of(unsubscribe.Topic, unsubscribe.Group), unsubscribe.Ref);
        Sender.Tell(new UnsubscribeAck(unsubscribe));
    }

    private void Add(RegistryKey key, IActorRef actor)
    {
        if (_local.Add(key, actor)) Context.Watch(actor);
        SpreadSoon();
    }

    private void Drop(RegistryKey key, IActorRef actor)
    {
        if (_local.Remove(key, actor)) Context.Unwatch(actor);
        SpreadSoon();
    }
}
