using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster.Tools.Client;
using Akka.Remote;

namespace ActorScheduler.Protocol.Links;

/// <summary>
/// A ClusterClient that does not wait for silence: when a connection to a master ends that was made, it asks all masters that it knows of anew,
/// and uses the first that answers. By itself a ClusterClient notices after its acceptable pause only, seconds after others have
/// taken over from a master that was killed. What was said to the lost one is lost either way, and whoever said it says it again.
/// </summary>
internal sealed class MastersActor : ReceiveActor
{
    /// <summary>One master that dies ends several connections.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(500);

    private readonly ClusterClientSettings _settings;
    private readonly HashSet<ActorPath> _contacts;
    private readonly List<IActorRef> _subscribers = [];
    private IActorRef _client = ActorRefs.Nobody;
    private long _begun;

    public MastersActor(ClusterClientSettings settings)
    {
        _settings = settings;
        _contacts = [.. settings.InitialContacts];
        Receive<DisassociatedEvent>(lost =>
        {
            if (_contacts.Any(contact => contact.Address == lost.RemoteAddress) && Stopwatch.GetElapsedTime(_begun) > Together)
                Begin();
        });
        Receive<ContactPointAdded>(added => _contacts.Add(added.ContactPoint));
        Receive<ContactPoints>(points => _contacts.UnionWith(points.ContactPointsList));
        // It may be back, and is asked again as long as others answer sooner.
        Receive<ContactPointRemoved>(static _ => { });
        Receive<SubscribeContactPoints>(message =>
        {
            _subscribers.Add(Sender);
            _client.Forward(message);
        });
        ReceiveAny(message => _client.Forward(message));
    }

    public static Props Props(ClusterClientSettings settings) => Akka.Actor.Props.Create(() => new MastersActor(settings));

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(DisassociatedEvent));
        Begin();
    }

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    private void Begin()
    {
        if (!_client.IsNobody())
            Context.Stop(_client);
        _client = Context.ActorOf(ClusterClient.Props(_settings.WithInitialContacts(_contacts.ToImmutableHashSet())));
        _begun = Stopwatch.GetTimestamp();
        foreach (IActorRef subscriber in _subscribers.Prepend(Self))
            _client.Tell(SubscribeContactPoints.Instance, subscriber);
    }
}
