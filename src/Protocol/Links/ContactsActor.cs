using Akka.Actor;
using Akka.Cluster.Tools.Client;
using Akka.Event;

namespace ActorScheduler.Protocol.Links;

/// <summary>Writes down the masters that a ClusterClient hears of.</summary>
internal sealed class ContactsActor : ReceiveActor
{
    private readonly IActorRef _client;

    public ContactsActor(IActorRef client, ContactsFile file)
    {
        _client = client;
        ILoggingAdapter log = Context.GetLogger();
        Receive<ContactPointAdded>(added =>
        {
            try
            {
                file.Add(added.ContactPoint.Address);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                log.Warning("Master {Address} is not kept for the next start: {Problem}", added.ContactPoint.Address, e.Message);
            }
        });
        // What it was started with it has; what is not to be used now may be back at the next start.
        Receive<ContactPoints>(static _ => { });
        Receive<ContactPointRemoved>(static _ => { });
    }

    public static Props Props(IActorRef client, ContactsFile file) => Akka.Actor.Props.Create(() => new ContactsActor(client, file));

    protected override void PreStart() => _client.Tell(SubscribeContactPoints.Instance);
}
